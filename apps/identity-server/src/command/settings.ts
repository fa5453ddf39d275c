import type { Command } from 'commander';
import { type Configuration, ConfigurationError, readConfiguration } from '../configuration';
import { CommandError } from './command-error';
import { Output } from './output';

/** What every command goes by. */
export interface Settings {
  configuration: Configuration;
  /** Of the relying party; unset: that of RP_ORIGINS. */
  host?: string;
}

interface GlobalOptions {
  json?: true;
  envFile?: string;
  host?: string;
}

/** The environment, with what a file adds to it: variables that are set stay as they are. */
export function readEnvironment(command: Command): NodeJS.ProcessEnv {
  const { envFile } = command.optsWithGlobals<GlobalOptions>();
  if (envFile !== undefined) {
    try {
      process.loadEnvFile(envFile);
    } catch {
      throw new CommandError(`--env-file: ${envFile} can't be read`, 2);
    }
  }
  return process.env;
}

export const outputOf = (command: Command): Output =>
  new Output(command.optsWithGlobals<GlobalOptions>().json === true);

/** @throws CommandError for a wrong variable */
export function readSettings(command: Command): [Settings, Output] {
  const env = readEnvironment(command);
  try {
    const { host } = command.optsWithGlobals<GlobalOptions>();
    return [{ configuration: readConfiguration(env), host }, outputOf(command)];
  } catch (error) {
    throw error instanceof ConfigurationError ? new CommandError(error.message, 2) : error;
  }
}
