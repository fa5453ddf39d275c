import type { Command } from 'commander';
import { examine } from '../doctor/doctor';
import type { Finding } from '../doctor/finding';
import { outputOf, readEnvironment } from './settings';

const MARKS: Record<Finding['state'], string> = { ok: 'ok      ', warning: 'warning ', problem: 'PROBLEM ' };

async function diagnose(_options: unknown, command: Command): Promise<void> {
  const findings = await examine(readEnvironment(command));
  const problems = findings.filter(({ state }) => state === 'problem').length;
  const warnings = findings.filter(({ state }) => state === 'warning').length;
  const lines = findings.map(({ about, state, text }) => `${MARKS[state]}${about}: ${text}`);
  const sum = `${problems} problems, ${warnings} warnings`;
  outputOf(command).result({ findings, problems, warnings }, [...lines, sum].join('\n'));
  if (problems > 0) process.exitCode = 1;
}

export function addDoctor(program: Command): void {
  program.command('doctor').description('say in words whether all is well; changes nothing').action(diagnose);
}
