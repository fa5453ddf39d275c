import { Injectable, type PipeTransform, type Type, type ArgumentMetadata } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';
import { ExperienceException } from '../errors/experience.exception';
import { DtoReader } from './dto-reader';
import { exposedMembersOf } from './exposed-members';
import { unstorableMembers } from './storable-text';

/** Deeper than anything a passkey client sends; keeps recursive code away from nesting bombs. */
const MAX_DEPTH = 16;

type Members = Record<string, unknown>;

/** Each wrong member, by its dotted path, and why. */
type WrongMembers = Record<string, string[]>;

/**
 * Reads a DTO from a JSON value: members the DTO does not expose are dropped, the others validated.
 * @throws ExperienceException `guard.invalid_input`, `data` naming each wrong member
 */
export function readDto<T extends object>(dto: Type<T>, value: unknown, path = ''): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidInput({ [path || 'body']: ['must be a JSON object'] });
  }
  if (isDeeperThan(value, MAX_DEPTH)) {
    throw invalidInput({ [path || 'body']: [`must not nest deeper than ${MAX_DEPTH} levels`] });
  }
  const right = DtoReader.for(dto)?.read(value as Record<string, unknown>);
  if (right && unstorableMembers(right).length === 0) return right;
  const instance = plainToInstance(dto, withoutLists(dto, withoutConstructors(value) as Members), {
    excludeExtraneousValues: true,
  });
  const errors = validateSync(instance, { forbidUnknownValues: false });
  if (errors.length > 0) throw invalidInput(collect(errors, path));
  const unstorable = unstorableMembers(instance, path);
  if (unstorable.length > 0) {
    throw invalidInput(Object.fromEntries(unstorable.map((member) => [member, ['must be Unicode text']])));
  }
  return instance;
}

/** The same, without members that class-transformer would take for the class of what has them. */
function withoutConstructors(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutConstructors);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'constructor')
      .map(([name, member]) => [name, withoutConstructors(member)]),
  );
}

/**
 * The same, with lists emptied where one object belongs: they are refused all the same, without a look at each of what may
 * be thousands.
 */
function withoutLists(dto: Type<object>, value: Members): Members {
  const members = { ...value };
  for (const [name, { type }] of exposedMembersOf(dto)) {
    const member = members[name];
    if (!type || typeof member !== 'object' || member === null) continue;
    members[name] = Array.isArray(member) ? [] : withoutLists(type(), member as Members);
  }
  return members;
}

/** Applies readDto to the `@Body()` of a controller method. No body is needed where no member is. */
@Injectable()
export class RequestBodyPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (type !== 'body' || !metatype) return value;
    const dto = metatype as Type<object>;
    return value === undefined && takesNoBody(dto) ? readDto(dto, {}) : readDto(dto, value);
  }
}

const takesNoBody = (dto: Type<object>): boolean =>
  validateSync(plainToInstance(dto, {}, { excludeExtraneousValues: true }), { forbidUnknownValues: false })
    .length === 0;

const invalidInput = (data: WrongMembers) => new ExperienceException('guard.invalid_input', { data });

function collect(errors: ValidationError[], path: string, wrong: WrongMembers = {}): WrongMembers {
  for (const { property, constraints, children } of errors) {
    const member = path ? `${path}.${property}` : property;
    if (constraints) wrong[member] = Object.values(constraints).map((text) => withoutName(text, property));
    if (children?.length) collect(children, member, wrong);
  }
  return wrong;
}

const withoutName = (text: string, name: string) =>
  text.startsWith(`${name} `) ? text.slice(name.length + 1) : text;

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const name of Object.keys(value)) {
    if (isDeeperThan((value as Record<string, unknown>)[name], levels - 1)) return true;
  }
  return false;
}
