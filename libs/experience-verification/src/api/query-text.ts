import { Query } from '@nestjs/common';
import { ExperienceException } from '../errors/experience.exception';

/**
 * A member of the query that is there once at most: what is there twice is read as a list.
 * @throws ExperienceException `guard.invalid_input`
 */
export const QueryText = (name: string): ParameterDecorator =>
  Query(name, {
    transform(value: unknown) {
      if (value === undefined || typeof value === 'string') return value;
      throw new ExperienceException('guard.invalid_input', { data: { [name]: ['must be there once'] } });
    },
  });
