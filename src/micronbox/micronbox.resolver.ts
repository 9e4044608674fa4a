import { Args, ArgsType, Ctx, Field, FieldResolver, Resolver, Root } from 'type-graphql';
import { Brand, brandLoader } from '../brands';
import {
  BrandRelationship,
  Customer,
  type CustomerEntity,
  type RelationshipEntity,
} from '../customers';
import { Message, messageLoader } from '../messages';
import { PageArgs, type Connection } from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { micronLoader, readMicrons, type MicronSource } from './micron.loader';
import { Micron, MicronConnection } from './micron.type';
import {
  MicronboxFolder,
  MicronboxPermission,
  type MicronboxFolderName,
  type MicronboxPermissionName,
} from './micronbox-enums';
import { permissionLoader } from './permission.loader';
import { readThreads, type ThreadSource } from './thread.loader';
import { MicronboxThread, MicronboxThreadConnection } from './thread.type';

@ArgsType()
class MicronboxArgs extends PageArgs {
  @Field(() => MicronboxFolder, { defaultValue: 'INBOX', description: 'Which of the two folders.' })
  folder!: MicronboxFolderName;
}

@Resolver(() => Customer)
export class MicronboxOfCustomer {
  @FieldResolver(() => MicronboxThreadConnection, {
    nullable: true,
    description:
      'The person’s own box: microns and ems of the brands they let in, one thread a brand, whom they ' +
      'attend to most first and whom they ignore last. Null to everybody but the person.',
  })
  micronbox(
    @Root() customer: CustomerEntity,
    @Args(() => MicronboxArgs) args: MicronboxArgs,
    @Ctx() context: Context,
  ): Promise<Connection<MicronboxThread> | null> {
    return readThreads(context, customer, args, args.folder);
  }
}

@Resolver(() => MicronboxThread)
export class LinksOfThread {
  @FieldResolver(() => Brand, { description: 'Whose it is.' })
  brand(@Root() { brandUuid }: ThreadSource, @Ctx() context: Context): Promise<Brand> {
    return brandNamed(context, brandUuid);
  }

  @FieldResolver(() => Micron, {
    nullable: true,
    description: 'The newest one; null if it has left at this very moment.',
  })
  newest(@Root() { newestUuid }: ThreadSource, @Ctx() context: Context): Promise<Micron | null> {
    return micronLoader(context).load(newestUuid);
  }

  @FieldResolver(() => MicronConnection, { description: 'All of them, newest first.' })
  microns(
    @Root() thread: ThreadSource,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<Micron>> {
    return readMicrons(context, thread, args);
  }
}

@Resolver(() => Micron)
export class LinksOfMicron {
  @FieldResolver(() => Brand, { description: 'The brand it is from.' })
  brand(@Root() { brandUuid }: MicronSource, @Ctx() context: Context): Promise<Brand> {
    return brandNamed(context, brandUuid);
  }

  @FieldResolver(() => Message, { description: 'The message that was delivered.' })
  async message(@Root() { messageUuid }: MicronSource, @Ctx() context: Context): Promise<Message> {
    const message = await messageLoader(context).load(messageUuid);
    if (message === null) throw new Error('a micron whose message cannot be seen');
    return message;
  }
}

@Resolver(() => BrandRelationship)
export class PermissionOfRelationship {
  @FieldResolver(() => MicronboxPermission, {
    description: 'Whether microns of the brand go into the customer’s box.',
  })
  micronboxPermission(
    @Root() { brandUuid, customerUuid }: RelationshipEntity,
    @Ctx() context: Context,
  ): Promise<MicronboxPermissionName> {
    return permissionLoader(context).load(`${brandUuid} ${customerUuid}`);
  }
}

async function brandNamed(context: Context, uuid: string): Promise<Brand> {
  const brand = await brandLoader(context).load(uuid);
  if (brand === null) throw new Error('a micron whose brand cannot be seen');
  return brand;
}
