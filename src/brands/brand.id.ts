export { apiKeyId, brandId } from '../platform/auth/principal-ids';
