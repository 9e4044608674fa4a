import { idKind } from '../ids';

/** Public ids of those a credential can name: brands, their API keys, and customers. */
export const brandId = idKind('brd');
export const apiKeyId = idKind('key');
export const customerId = idKind('cus');
