import 'reflect-metadata';
import { createService } from './server/create-service';
import { start } from './server/start';

void start(createService);
