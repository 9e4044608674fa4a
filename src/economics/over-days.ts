import { Ctx, FieldResolver, Resolver, Root, type ClassType } from 'type-graphql';
import type { Context } from '../platform/graphql/context';
import { Measure } from '../platform/graphql/measure.type';
import { askedBefore, type Asked } from './period';

/** A figure about some days of a brand. */
export abstract class OverDays extends Measure {
  /** What was asked, for the figure of the days before. */
  asked!: Asked;
}

/** Lets a figure be compared with the same of as many days just before. */
export function previousOf<Figure extends OverDays>(
  type: ClassType<Figure>,
  read: (context: Context, asked: Asked) => Promise<Figure>,
): new () => object {
  @Resolver(() => type)
  class PreviousOfFigure {
    @FieldResolver(() => type, {
      description: 'The same of as many days just before, to compare with.',
    })
    previous(@Root() figure: OverDays, @Ctx() context: Context): Promise<Figure> {
      return read(context, askedBefore(figure.asked));
    }
  }
  return PreviousOfFigure;
}
