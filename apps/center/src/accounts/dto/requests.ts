import { IsEmail, IsIn, IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';

export class RegisterRequest {
  @IsEmail()
  @MaxLength(254)
  email: string;

  /** At least ten characters. */
  @IsString()
  @Length(10, 200)
  password: string;

  @IsString()
  @Length(1, 60)
  displayName: string;
}

export class PasswordRequest {
  @IsEmail()
  @MaxLength(254)
  email: string;

  @IsString()
  @Length(1, 200)
  password: string;
}

export class WalletRequest {
  /** The EIP-4361 text that was signed. */
  @IsString()
  @Length(1, 2000)
  message: string;

  /** 65 bytes, 0x hex. */
  @Matches(/^0x[0-9a-fA-F]{130}$/)
  signature: string;
}

export class ProfileRequest {
  @IsOptional()
  @IsString()
  @Length(1, 60)
  displayName?: string;

  @IsOptional()
  @IsIn(['en', 'zh'])
  locale?: 'en' | 'zh';
}

export class PayoutAddressRequest {
  /** EVM address, 0x hex; a mixed-case one must have a right EIP-55 checksum. */
  @IsString()
  @Length(1, 100)
  address: string;
}
