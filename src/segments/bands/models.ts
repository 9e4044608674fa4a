import { enumOf } from '../../platform/graphql/described-enum';

const models = {
  VALUE_2021:
    'By what customers are worth: of those who ever ordered the best 20% are BEST, the next 30% REST, the others TEST.',
  ATTENTION_2025:
    'By worth and attention: BEST are worth most and attentive, REST are drifting away, TEST are gone.',
  TAT_2026:
    'The Transaction–Attention Table: how far somebody has come with ordering, by how attentive they are.',
} as const;

export type SegmentationModel = keyof typeof models;

export const SegmentationModelEnum = enumOf(
  'SegmentationModel',
  'What customers are divided into best, rest, test and next by; the words mean something else in each.',
  models,
);

const bands = {
  BEST: 'The best customers.',
  REST: 'Customers between the best and the others: by the later models those who drift away.',
  TEST: 'By worth the lower half; by attention those who are gone; by the table those who begin.',
  NEXT: 'People the brand knows who have never ordered.',
} as const;

export type Band = keyof typeof bands;

export const BandEnum = enumOf('Band', 'Where a model puts a customer.', bands);

const progress = {
  NO_ORDER: 'Never ordered.',
  FIRST: 'Ordered once.',
  REPEAT: 'Ordered two or three times.',
  LOYAL: 'Ordered four times or more, or is among the 20% who are worth most.',
} as const;

export type Progress = keyof typeof progress;

export const ProgressEnum = enumOf('TransactionProgress', 'How far ordering has come.', progress);

const attentiveness = {
  ATTENTIVE: 'Active: gave attention lately.',
  DRIFTING: 'Drifting or inactive; or has not been tried, so that nobody can know.',
  GONE: 'Dormant or lost.',
} as const;

export type Attentiveness = keyof typeof attentiveness;

export const AttentivenessEnum = enumOf(
  'Attentiveness',
  'How attentive somebody is.',
  attentiveness,
);

/** What a model is called in answers; another rule would be another version. */
export const modelVersions: Readonly<Record<SegmentationModel, string>> = {
  VALUE_2021: 'value-2021-1',
  ATTENTION_2025: 'attention-2025-1',
  TAT_2026: 'tat-2026-1',
};

/** All models, oldest first. */
export const segmentationModels = Object.keys(models) as SegmentationModel[];
