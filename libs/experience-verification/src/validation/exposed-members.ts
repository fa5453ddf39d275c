import { applyDecorators, type Type as Class } from '@nestjs/common';
import * as transformer from 'class-transformer';

/** What a DTO exposes of one member, as its decorators said. */
export interface ExposedMember {
  /** The class of which objects are made instances. */
  type?: () => Class<object>;
  /** Any value is kept as it came. */
  raw?: boolean;
  /** Makes of what came what the member has. */
  read?: (value: unknown) => unknown;
}

const exposed = new WeakMap<object, Map<string, ExposedMember>>();

const note =
  (member: ExposedMember): PropertyDecorator =>
  (prototype, name) => {
    const members = exposed.get(prototype) ?? new Map<string, ExposedMember>();
    members.set(String(name), { ...members.get(String(name)), ...member });
    exposed.set(prototype, members);
  };

/** class-transformer's, noted for DtoReader: a member that a body may have. */
export const Expose = () => applyDecorators(transformer.Expose(), note({}));

/** class-transformer's, noted for DtoReader: the DTO that a member is. */
export const Type = (type: () => Class<object>) => applyDecorators(transformer.Type(type), note({ type }));

/** An object whose members are kept as they came: the DTO does not know them all. */
export const ExposeRaw = () =>
  applyDecorators(Expose(), transformer.Transform(asItCame), note({ raw: true }));

/** A member that has what `read` makes of what came. */
export const ExposeRead = (read: (value: unknown) => unknown) =>
  applyDecorators(
    Expose(),
    transformer.Transform(({ value }) => read(value)),
    note({ read }),
  );

const asItCame = ({ obj, key }: { obj: Record<string, unknown>; key: string }) => obj[key];

/** By name; a subclass's own word counts before its base class's. */
export function exposedMembersOf(dto: Class<object>): Map<string, ExposedMember> {
  const members = new Map<string, ExposedMember>();
  for (let at: unknown = dto.prototype; at instanceof Object; at = Object.getPrototypeOf(at)) {
    for (const [name, member] of exposed.get(at) ?? []) if (!members.has(name)) members.set(name, member);
  }
  return members;
}
