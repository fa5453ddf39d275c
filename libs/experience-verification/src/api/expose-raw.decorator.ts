import { applyDecorators } from '@nestjs/common';
import { Expose, Transform } from 'class-transformer';

export const asItCame = ({ obj, key }: { obj: Record<string, unknown>; key: string }) => obj[key];

/** An object whose members are kept as they came: the DTO does not know them all. */
export const ExposeRaw = () => applyDecorators(Expose(), Transform(asItCame));
