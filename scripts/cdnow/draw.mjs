import process from 'node:process';
import { text } from 'node:stream/consumers';

// Vega is an ES module that awaits at its top; what is compiled to CommonJS could not load it.
const { parse, View } = await import('vega');

/** Draws what comes in: charts by name as JSON; SVGs by the same names go out. */
const charts = JSON.parse(await text(process.stdin));
const drawn = {};
for (const [name, chart] of Object.entries(charts)) {
  drawn[name] = await new View(parse(chart), { renderer: 'none' }).toSVG();
}
process.stdout.write(JSON.stringify(drawn));
