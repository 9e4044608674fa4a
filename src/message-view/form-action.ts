import { registerEnumType } from 'type-graphql';
import { AttentionActionEnum, attentionActions } from '../attention';

/** What a form inside a mail can tell of; opens and clicks have links of their own. */
const formActions = ['SURVEY', 'QUIZ', 'POLL', 'FORM', 'FEEDBACK', 'REPLY', 'CUSTOM'] as const;

export type FormActionName = (typeof formActions)[number];

export const FormAction = Object.fromEntries(
  formActions.map((action) => [action, AttentionActionEnum[action]]),
) as { [Action in FormActionName]: Action };

registerEnumType(FormAction, {
  name: 'FormAction',
  description: 'What posting a form in a message is recorded as.',
  valuesConfig: Object.fromEntries(
    formActions.map((action) => [action, { description: attentionActions[action] }]),
  ),
});
