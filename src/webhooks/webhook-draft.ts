import type { CommandTransaction } from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { checkText, type Checked } from '../platform/text';
import { checkWebhookUrl } from './webhook-url';

/** What a brand says of an endpoint; what is left out stays as it is. */
export interface WebhookDraft {
  url?: string | null;
  topics?: string[] | null;
  description?: string | null;
}

/** The columns a draft sets. */
export interface DraftColumns {
  url?: string;
  topics?: string[];
  description?: string | null;
}

/** Stands for every topic there is or will be. */
export const everyTopic = '*';

/** Checks what is there of a draft. Refuses with INVALID_TEXT or INVALID_VALUE. */
export function checkDraft(
  { limits }: CommandTransaction,
  draft: WebhookDraft,
  { topics, allowPrivate }: { topics: ReadonlySet<string>; allowPrivate: boolean },
): { value: DraftColumns; refusal?: undefined } | { value?: undefined; refusal: UserErrorShape } {
  const columns: DraftColumns = {};
  const maxBytes = limits.textBytes;
  if (draft.url != null) {
    const url = checkWebhookUrl(draft.url, { maxBytes, allowPrivate });
    if (url.refusal) return url;
    columns.url = url.value;
  }
  if (draft.topics != null) {
    const chosen = checkTopics(draft.topics, topics);
    if (chosen.refusal) return chosen;
    columns.topics = chosen.value;
  }
  if (draft.description != null) {
    const description = checkText(draft.description, { maxBytes, field: ['description'] });
    if (description.refusal) return description;
    columns.description = description.value;
  } else if (draft.description === null) columns.description = null;
  return { value: columns };
}

function checkTopics(chosen: readonly string[], known: ReadonlySet<string>): Checked<string[]> {
  if (chosen.length === 0) {
    return { refusal: userError('INVALID_VALUE', ['topics'], 'Name one topic or more.') };
  }
  if (chosen.some((topic) => topic !== everyTopic && !known.has(topic))) {
    const message = 'A topic is none of those `webhookTopics` lists.';
    return { refusal: userError('INVALID_VALUE', ['topics'], message) };
  }
  return { value: chosen.includes(everyTopic) ? [everyTopic] : [...new Set(chosen)] };
}
