import type { Type } from '@nestjs/common';
import { getMetadataStorage, type ValidatorConstraintInterface } from 'class-validator';
import { type ExposedMember, exposedMembersOf } from './exposed-members';

type Members = Record<string, unknown>;
type ValidationMetadata = ReturnType<
  ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']
>[number];

/** What the decorators of one member ask of its value. */
interface Member {
  name: string;
  /** Any value is kept as it came; else objects are for `nested` only. */
  raw: boolean;
  read?: (value: unknown) => unknown;
  nested?: DtoReader<object>;
  /** `@IsOptional()` and the like: one that says no ends the checks. */
  conditions: ((dto: object, value: unknown) => boolean)[];
  checks: { constraint: ValidatorConstraintInterface; constraints: unknown[] }[];
}

const KIND = {
  custom: 'customValidation',
  nested: 'nestedValidation',
  conditional: 'conditionalValidation',
  defined: 'isDefined',
};

/**
 * Reads right bodies: it asks the decorators once what a DTO wants, where class-transformer and class-validator
 * ask again for every body. On whatever it does not take, they judge: their errors are the answer. What is exposed is
 * told by the decorators of `exposed-members.ts`, since class-transformer tells it nobody.
 */
export class DtoReader<T extends object> {
  private static readonly made = new Map<Type<object>, DtoReader<object> | null>();

  private constructor(
    private readonly dto: Type<T>,
    private readonly members: Member[],
  ) {}

  /** Null for a DTO that uses more of the two libraries than this knows. */
  static for<T extends object>(dto: Type<T>): DtoReader<T> | null {
    let reader = this.made.get(dto);
    if (reader === undefined) {
      this.made.set(dto, null);
      const members = membersOf(dto);
      reader = members ? new DtoReader(dto, members) : null;
      this.made.set(dto, reader);
    }
    return reader as DtoReader<T> | null;
  }

  /** The DTO; null when class-validator might refuse it. */
  read(source: Members): T | null {
    const dto = new this.dto();
    for (const member of this.members) {
      const value = valueOf(member, source[member.name]);
      if (value === UNFIT) return null;
      (dto as Members)[member.name] = value;
    }
    for (const member of this.members) if (!isRight(member, dto)) return null;
    return dto;
  }
}

const UNFIT = Symbol('unfit');

function valueOf({ raw, read, nested }: Member, value: unknown): unknown {
  if (read) return read(value);
  if (raw || typeof value !== 'object' || value === null) return value;
  if (!nested || Array.isArray(value)) return UNFIT;
  return nested.read(value as Members) ?? UNFIT;
}

function isRight({ name, nested, conditions, checks }: Member, dto: object): boolean {
  const value = (dto as Members)[name];
  for (const holds of conditions) if (!holds(dto, value)) return true;
  if (nested && value != null && typeof value !== 'object') return false;
  const targetName = dto.constructor.name;
  for (const { constraint, constraints } of checks) {
    const asked = { value, property: name, object: dto, targetName, constraints };
    if (constraint.validate(value, asked) !== true) return false;
  }
  return true;
}

/** The type of class-validator leaves it out that there may be none. */
const hasGroups = (groups: string[] | undefined) => groups !== undefined && groups.length > 0;

function membersOf(dto: Type<object>): Member[] | null {
  const exposed = exposedMembersOf(dto);
  const all = getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);
  if (!all.every(({ propertyName }) => exposed.has(propertyName))) return null;
  const members = [...exposed].map(([name, member]) =>
    memberOf(
      name,
      member,
      all.filter(({ propertyName }) => propertyName === name),
    ),
  );
  return members.every((member) => member !== null) ? members : null;
}

function memberOf(
  name: string,
  { type: nestedType, raw = false, read }: ExposedMember,
  asked: ValidationMetadata[],
): Member | null {
  if (asked.some(({ each, validateIf, groups }) => each || validateIf || hasGroups(groups))) return null;
  const member: Member = { name, raw, read, conditions: [], checks: [] };
  const nests = asked.some(({ type }) => type === KIND.nested);
  // The one without the other: the value would be made an instance and not be validated, or not be made one.
  if (nests !== (nestedType !== undefined)) return null;
  if (nestedType) {
    const nested = DtoReader.for(nestedType());
    if (!nested) return null;
    member.nested = nested;
  }
  for (const { type, constraints, constraintCls } of asked) {
    if (type === KIND.conditional) member.conditions.push(constraints[0] as Member['conditions'][number]);
    else if (type === KIND.custom || type === KIND.defined) {
      for (const { async, instance } of getMetadataStorage().getTargetValidatorConstraints(constraintCls)) {
        if (async) return null;
        member.checks.push({ constraint: instance, constraints });
      }
    } else if (type !== KIND.nested) return null;
  }
  return member;
}
