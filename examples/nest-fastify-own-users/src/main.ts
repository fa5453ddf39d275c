import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';

const app = NestFactory.create(AppModule, new FastifyAdapter());
void app.then((server) => server.enableShutdownHooks().listen(process.env['PORT'] ?? 3000));
