import { createParamDecorator, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { Request } from 'express';
import { CroftError } from '#libs/protocol';

export const accountRoles = ['contributor', 'admin'] as const;
export type AccountRole = (typeof accountRoles)[number];

/** Who is signed in, as routes of every domain see it. */
export interface SignedIn {
  id: string;
  role: AccountRole;
}

const PUBLIC = 'croft:public';
const ROLE = 'croft:role';

/** Anyone may call this route. Every other route needs a session. */
export const Public = () => SetMetadata(PUBLIC, true);

/** Only accounts with this role may call this route. */
export const RequireRole = (role: AccountRole) => SetMetadata(ROLE, role);

/** The signed-in account. */
export const CurrentAccount = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<Request>().user as SignedIn,
);

function rethrow<T>(error: unknown, account: T): T {
  if (error) throw error;
  if (!account) throw new CroftError('unauthenticated');
  return account;
}

/** Global guard: a session, and the role the route asks for. */
@Injectable()
export class SessionGuard extends AuthGuard('session') {
  constructor(private readonly reflector: Reflector) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const about = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, about)) return true;
    await super.canActivate(context);
    const role = this.reflector.getAllAndOverride<AccountRole>(ROLE, about);
    const account = context.switchToHttp().getRequest<Request>().user as SignedIn;
    if (role && account.role !== role) throw new CroftError('forbidden');
    return true;
  }

  override handleRequest<T>(error: unknown, account: T): T {
    return rethrow(error, account);
  }
}

/** Signs in by e-mail and password. */
@Injectable()
export class PasswordGuard extends AuthGuard('password') {
  override handleRequest<T>(error: unknown, account: T): T {
    return rethrow(error, account);
  }
}

/** Signs in by wallet. */
@Injectable()
export class WalletGuard extends AuthGuard('wallet') {
  override handleRequest<T>(error: unknown, account: T): T {
    return rethrow(error, account);
  }
}
