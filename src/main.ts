import 'reflect-metadata';
import { createService } from './server/create-service';
import { exportRoutes } from './server/edges/export-download';
import { mailRoutes } from './server/edges/mail-routes';
import { start } from './server/start';
import { webhookRoutes } from './server/webhooks';

void start(createService, [webhookRoutes, mailRoutes, exportRoutes]);
