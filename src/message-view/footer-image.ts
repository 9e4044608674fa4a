import { LRUCache } from 'lru-cache';
import type { WalletState } from '../ledger';
import { callToActionOf } from './call-to-action';

export type FooterTheme = 'light' | 'dark';

/** What the footer of a mail says. */
export interface FooterText {
  /** Whole Mu. */
  balance: number;
  state: WalletState;
}

/** A mail shows the picture at half of this, so that it is sharp on dense screens. */
export const footerSize = { width: 560, height: 96 };

interface Palette {
  background: string;
  outline: string;
  coin: string;
  sign: string;
  number: string;
  button: string;
  label: string;
}

/** The picture brings its own background: what a mail client makes of the mail's is never known. */
const palettes: Record<FooterTheme, Palette> = {
  light: {
    background: '#ffffff',
    outline: '#d5d9e0',
    coin: '#4338ca',
    sign: '#ffffff',
    number: '#14171f',
    button: '#e5e7fb',
    label: '#3730a3',
  },
  dark: {
    background: '#1b1e27',
    outline: '#434958',
    coin: '#a5b4fc',
    sign: '#1b1e27',
    number: '#f4f5f9',
    button: '#31365a',
    label: '#d6dcff',
  },
};

const inset = 20;
const family = 'Roboto footer';

/** Some hundred balances cover most of what is opened within a minute; a picture is a few kilobytes. */
const remembered = new LRUCache<string, Promise<Buffer>>({ max: 500 });

/** One transparent pixel, for whoever is shown no count. */
export const blankPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** The footer as a PNG of `footerSize`; blank for who has opted out. */
export async function footerImage(text: FooterText, theme: FooterTheme): Promise<Buffer> {
  const label = callToActionOf(text.state)?.label;
  if (label === undefined) return blankPng;
  const name = `${theme} ${text.balance} ${label}`;
  const known = remembered.get(name);
  if (known !== undefined) return known;
  const drawn = draw(String(text.balance), label, palettes[theme]);
  remembered.set(name, drawn);
  drawn.catch(() => remembered.delete(name));
  return drawn;
}

type Canvas = typeof import('@napi-rs/canvas');
type Pen = import('@napi-rs/canvas').SKRSContext2D;

let loaded: Canvas | undefined;

/** The drawing library and its font take a tenth of a second, so they wait for the first footer. */
function load(): Canvas {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import() is none in tests
  const canvas = require('@napi-rs/canvas') as Canvas;
  const file = require.resolve('roboto-fontface/fonts/roboto/Roboto-Medium.woff');
  canvas.GlobalFonts.registerFromPath(file, family);
  return canvas;
}

async function draw(balance: string, label: string, palette: Palette): Promise<Buffer> {
  loaded ??= load();
  const { createCanvas } = loaded;
  const canvas = createCanvas(footerSize.width, footerSize.height);
  const pen = canvas.getContext('2d');
  drawPlate(pen, palette);
  drawCoin(pen, palette);
  const left = drawButton(pen, label, palette);
  drawBalance(pen, balance, left, palette);
  return canvas.encode('png');
}

function drawPlate(pen: Pen, palette: Palette): void {
  pen.beginPath();
  pen.roundRect(1, 1, footerSize.width - 2, footerSize.height - 2, 24);
  pen.fillStyle = palette.background;
  pen.fill();
  pen.lineWidth = 2;
  pen.strokeStyle = palette.outline;
  pen.stroke();
}

const middle = footerSize.height / 2;
const radius = middle - inset;

function drawCoin(pen: Pen, palette: Palette): void {
  pen.beginPath();
  pen.arc(inset + radius, middle, radius, 0, 2 * Math.PI);
  pen.fillStyle = palette.coin;
  pen.fill();
  pen.textAlign = 'center';
  pen.textBaseline = 'alphabetic';
  pen.font = `36px "${family}"`;
  pen.fillStyle = palette.sign;
  pen.fillText('µ', inset + radius, middle + 9);
}

/** Answers where the button begins. */
function drawButton(pen: Pen, label: string, palette: Palette): number {
  pen.font = `28px "${family}"`;
  const width = Math.ceil(pen.measureText(label).width) + 2 * 24;
  const left = footerSize.width - inset - width;
  pen.beginPath();
  pen.roundRect(left, inset, width, 2 * radius, radius);
  pen.fillStyle = palette.button;
  pen.fill();
  pen.textAlign = 'center';
  pen.fillStyle = palette.label;
  pen.fillText(label, left + width / 2, middle + 10);
  return left;
}

function drawBalance(pen: Pen, balance: string, end: number, palette: Palette): void {
  const start = inset + 2 * radius + 18;
  const room = end - 18 - start;
  let size = 44;
  do pen.font = `${size}px "${family}"`;
  while (pen.measureText(balance).width > room && (size -= 2) > 12);
  pen.textAlign = 'left';
  pen.fillStyle = palette.number;
  pen.fillText(balance, start, middle + Math.round(size * 0.36));
}
