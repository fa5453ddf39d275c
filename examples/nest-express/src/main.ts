import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';

const app = NestFactory.create(AppModule);
void app.then((server) => server.enableShutdownHooks().listen(process.env['PORT'] ?? 3000));
