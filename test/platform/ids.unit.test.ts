import fc from 'fast-check';
import { TypeID } from 'typeid-js';
import { idKind } from '../../src/platform/ids';

const kind = idKind('cus');

test('an id is what TypeID makes of the UUID, and leads back to it', () => {
  fc.assert(
    fc.property(fc.uuid(), (uuid) => {
      expect(kind.encode(uuid)).toBe(TypeID.fromUUID('cus', uuid).toString());
      expect(kind.decode(kind.encode(uuid))).toBe(uuid);
    }),
    {
      examples: [
        ['00000000-0000-0000-0000-000000000000'],
        ['ffffffff-ffff-ffff-ffff-ffffffffffff'],
      ],
    },
  );
});

test('a UUID in capitals is the same one', () => {
  const uuid = '0193f8a0-0000-7000-8abc-00000000def1';
  expect(kind.encode(uuid.toUpperCase())).toBe(kind.encode(uuid));
});
