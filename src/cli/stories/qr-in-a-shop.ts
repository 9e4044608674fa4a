import { otherBrandsPaid } from './funded-micron';
import type { Answer, StoryBrand, Storyteller } from './storyteller';

const minute = 60_000;
const day = 86_400_000;

/** What the story leaves behind, for a test to look at: the answers in the order in which they came. */
export interface QrInAShop {
  brand: StoryBrand;
  /** Meera as her other brands know her. */
  meera: { brand: StoryBrand; id: string };
  scanned: Answer;
  answered: Answer;
  confirmedPhone: Answer;
  bound: Answer;
  preferences: Answer[];
  confirmedEmail: Answer;
  /** The claim of somebody who never came back. */
  abandoned: Answer;
}

/**
 * From an unknown scan to one wallet. A reader scans the code on a shelf of PageTurn, reads chapter one,
 * has three of three questions right and is due 50 Mu: 20 for the chapter, 10 for each right answer. She
 * proves a number, is paid, and tells twice what she likes for 15 Mu each. Then she
 * proves an address, which turns out to be that of Meera, who has 320 Mu of other brands: the two become
 * one person with 400 Mu, of whom PageTurn sees 80. Somebody else scans too and never says who they are.
 */
export async function tellQrInAShop(tell: Storyteller, beginning: Date): Promise<QrInAShop> {
  await tell.undisturbed();
  const start = await otherBrandsPaid(tell, beginning, { email, externalId: 'meera' }, 320);
  const meera = await meeraElsewhere(tell);
  const brand = await tell.brand('PageTurn Books', 'pageturn', 'Asia/Kolkata', 20_000, 'purchase');
  const magnets = await printCode(tell, brand);
  tell.at(new Date(start.getTime() + day));
  const scan = await scanAndRead(tell, brand);
  tell.at(new Date(start.getTime() + day + 5 * minute));
  const claimed = await sayWhoSheIs(tell, brand, idOf(scan.scanned['claim']));
  tell.at(new Date(start.getTime() + 2 * day));
  const preferences = await sayWhatSheLikes(tell, brand, magnets);
  const confirmedEmail = await prove(tell, brand, { email });
  tell.at(new Date(start.getTime() + 2 * day + 5 * minute));
  const abandoned = await scanAndGo(tell, brand);
  await tell.settle();
  return { brand, meera, ...scan, ...claimed, preferences, confirmedEmail, abandoned };
}

const idOf = (noun: unknown): string => (noun as { id: string }).id;

const email = 'meera@example.in';
const phone = '+919820055555';
const reader = { externalId: 'reader-77' };

async function meeraElsewhere(tell: Storyteller): Promise<{ brand: StoryBrand; id: string }> {
  const brand = await tell.brand(
    'Earlier brands of meera',
    'earlier-meera',
    'Asia/Kolkata',
    320,
    'purchase',
  );
  const { customer } = await tell.ask(brand.apiKey, 'customer-view', {
    by: { externalId: 'meera' },
  });
  return { brand, id: idOf(customer) };
}

/** 80 Mu for each of a hundred readers: 50 for the chapter, 15 for each of two things they like. */
async function printCode(tell: Storyteller, brand: StoryBrand): Promise<string[]> {
  const poster = { externalId: 'CH1', channel: 'QR', actionMuMax: 80, audience: 100 };
  const { message } = await tell.tell(brand.apiKey, 'record-message', poster);
  const messageId = idOf(message);
  await tell.tell(brand.apiKey, 'create-qr-code', {
    code: 'PT-CH1',
    name: 'Chapter one',
    mu: 20,
    magnetId: await publish(tell, brand, 'Chapter one', { quiz: { questions, muPerRight: 10 } }),
    messageId,
    landingUrl: 'https://pageturn.example/chapter-one',
  });
  const likes: string[] = [];
  for (const [question, options] of preferences) {
    const preference = { ...preferred, question, options };
    likes.push(await publish(tell, brand, question, { preference }, messageId));
  }
  return likes;
}

const questions = [
  { text: 'Who keeps the shop?', options: ['Asha', 'Ravi', 'Nobody'], right: 1 },
  { text: 'What is in the parcel?', options: ['A map', 'A letter'], right: 0 },
  { text: 'Who knocks at night?', options: ['The wind', 'The postman'], right: 1 },
];

const preferred = {
  mu: 15,
  purpose: 'To recommend books',
  consentText: 'PageTurn may use this answer to recommend books to me.',
  consentVersion: '1',
};

const preferences: [string, string[]][] = [
  ['Which genre?', ['History', 'Crime']],
  ['Which format?', ['Paperback', 'Audio']],
];

async function publish(
  tell: Storyteller,
  brand: StoryBrand,
  title: string,
  content: object,
  messageId?: string,
): Promise<string> {
  const draft = { externalId: title, title, content, messageId };
  return idOf((await tell.tell(brand.apiKey, 'create-magnet', draft))['magnet']);
}

const allRight = { quiz: questions.map(({ right }) => right) };

async function scanAndRead(tell: Storyteller, brand: StoryBrand) {
  const scan = { code: 'PT-CH1', deviceId: 'a phone' };
  const scanned = await tell.tell(brand.apiKey, 'open-claim', scan);
  const claimId = idOf(scanned['claim']);
  const answered = await tell.tell(brand.apiKey, 'answer-claim', { claimId, answer: allRight });
  return { scanned, answered };
}

async function sayWhoSheIs(tell: Storyteller, brand: StoryBrand, claimId: string) {
  await tell.tell(brand.apiKey, 'identify-customer', { ...reader });
  const confirmedPhone = await prove(tell, brand, { phone });
  const bound = await tell.tell(brand.apiKey, 'bind-claim', { claimId, customer: reader });
  return { confirmedPhone, bound };
}

async function prove(
  tell: Storyteller,
  brand: StoryBrand,
  identity: { email: string } | { phone: string },
): Promise<Answer> {
  const begun = await tell.tell(brand.apiKey, 'link-identity', { customer: reader, ...identity });
  const confirmationId = idOf(begun['confirmation']);
  const code = begun['code'] as string;
  return tell.tell(brand.apiKey, 'confirm-identity', { confirmationId, code });
}

async function sayWhatSheLikes(
  tell: Storyteller,
  brand: StoryBrand,
  magnets: string[],
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const magnetId of magnets) {
    const told = { magnetId, customer: reader, answer: { preference: { choice: 0 } } };
    answers.push(await tell.tell(brand.apiKey, 'submit-magnet-response', told));
  }
  return answers;
}

async function scanAndGo(tell: Storyteller, brand: StoryBrand): Promise<Answer> {
  const scan = { code: 'PT-CH1', deviceId: 'another phone' };
  const { claim } = await tell.tell(brand.apiKey, 'open-claim', scan);
  const claimId = idOf(claim);
  return tell.tell(brand.apiKey, 'answer-claim', { claimId, answer: allRight });
}
