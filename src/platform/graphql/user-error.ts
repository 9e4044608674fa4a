import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { userErrorCodes, type UserErrorCode, type UserErrorShape } from '../errors';

/** The registry's codes as a GraphQL enum; values equal names. */
export const UserErrorCodeEnum = Object.fromEntries(
  Object.keys(userErrorCodes).map((code) => [code, code]),
) as { [Code in UserErrorCode]: Code };

registerEnumType(UserErrorCodeEnum, {
  name: 'UserErrorCode',
  description: 'Why a mutation was refused, or did less than asked. The request itself was fine.',
  valuesConfig: Object.fromEntries(
    Object.entries(userErrorCodes).map(([code, description]) => [code, { description }]),
  ),
});

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
