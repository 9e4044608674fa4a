import { Field, ObjectType } from 'type-graphql';
import { userErrorCodes, type UserErrorCode, type UserErrorShape } from '../errors';
import { enumOf } from './described-enum';

/** The registry's codes as a GraphQL enum; values equal names. */
export const UserErrorCodeEnum = enumOf(
  'UserErrorCode',
  'Why a mutation was refused, or did less than asked. The request itself was fine.',
  userErrorCodes,
);

@ObjectType({
  simpleResolvers: true,
  description: 'One reason a mutation was refused, or did less than asked.',
})
export class UserError implements UserErrorShape {
  @Field(() => UserErrorCodeEnum, { description: 'Stable code to branch on.' })
  code!: UserErrorCode;

  @Field(() => [String], {
    nullable: true,
    description: 'Path inside the input; null when it concerns the whole.',
  })
  field!: string[] | null;

  @Field(() => String, { description: 'One English sentence for a log or a developer.' })
  message!: string;
}
