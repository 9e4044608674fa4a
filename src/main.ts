import 'reflect-metadata';
import { createService } from './server/create-service';
import { start } from './server/start';
import { webhookRoutes } from './server/webhooks';

void start(createService, [webhookRoutes]);
