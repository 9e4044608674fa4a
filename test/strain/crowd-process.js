/** The crowd in a process of its own, so that its work does not hold up whoever looks on. */
require('../support/typescript-hook');
const { send } = require('./crowd');

process.on('message', (wave) => {
  send(wave).then(
    (told) => process.send({ told }),
    (error) => process.send({ failed: String(error?.stack ?? error) }),
  );
});
