import { enumOf } from '../platform/graphql/described-enum';

/** Where a message, or attention to it, takes place. */
export const channels = {
  EMAIL: 'E-mail.',
  SMS: 'Text message.',
  PUSH: 'Notification pushed to a device.',
  WHATSAPP: 'WhatsApp.',
  RCS: 'Rich message that takes the place of an SMS.',
  IN_APP: "Inside the brand's app.",
  WEB: 'A web page.',
  QR: 'A code scanned off something printed or shown.',
  OFFLINE: 'Face to face, in a shop, at an event.',
} as const;

export type ChannelName = keyof typeof channels;

/** What a message is for. */
export const messageKinds = {
  MICRON: 'A short push message that carries Mu for attention.',
  EM: 'One short mail of a series that is sent in a fixed order.',
  SELL: 'A promotion.',
  NOTIFY: 'A transactional notice: an order, a delivery, a balance.',
} as const;

export type MessageKindName = keyof typeof messageKinds;

/** The channels as a GraphQL enum; values equal names. */
export const Channel = enumOf(
  'Channel',
  'Where a message, or attention to it, takes place.',
  channels,
);

/** The kinds of messages as a GraphQL enum; values equal names. */
export const MessageKind = enumOf('MessageKind', 'What a message is for.', messageKinds);
