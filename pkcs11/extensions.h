/* SPDX-FileCopyrightText: Acredita contributors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What libacredita-pkcs11.so offers beyond PKCS#11, for C and C++ (docs/pkcs11-extensions.md says it in
 * full).
 *
 * One read-only object per token, class CKO_ACREDITA_CARD, tells what the standard has no attribute for. An
 * attribute that the card does not tell is absent (CKR_ATTRIBUTE_TYPE_INVALID), never guessed. Reading an
 * attribute may cost exchanges with the card, so ask only for what is needed. Include a Cryptoki header
 * before this one.
 */
#ifndef ACREDITA_PKCS11_EXTENSIONS_H
#define ACREDITA_PKCS11_EXTENSIONS_H

/* "ACR" behind the vendor bit, so that nobody else's numbers are met by accident. */
#define ACREDITA_VENDOR 0x80414300UL

#define CKO_ACREDITA_CARD (ACREDITA_VENDOR | 0x01UL)

/* The PIN and the PUK. CK_ULONG, CK_ULONG, CK_BBOOL; the PUK likewise. */
#define CKA_ACREDITA_PIN_TRIES_LEFT (ACREDITA_VENDOR | 0x10UL)
#define CKA_ACREDITA_PIN_TRIES_TOTAL (ACREDITA_VENDOR | 0x11UL)
#define CKA_ACREDITA_PIN_FACTORY (ACREDITA_VENDOR | 0x12UL)
#define CKA_ACREDITA_PUK_TRIES_LEFT (ACREDITA_VENDOR | 0x13UL)
#define CKA_ACREDITA_PUK_TRIES_TOTAL (ACREDITA_VENDOR | 0x14UL)
#define CKA_ACREDITA_PUK_FACTORY (ACREDITA_VENDOR | 0x15UL)
/* CK_BBOOL: the administration key is the one every card is delivered with. Known after the SO login only. */
#define CKA_ACREDITA_ADMIN_KEY_FACTORY (ACREDITA_VENDOR | 0x16UL)
/* SHA-256 of the administration key that cards of this kind are delivered with, 32 bytes. */
#define CKA_ACREDITA_ADMIN_KEY_DELIVERED (ACREDITA_VENDOR | 0x17UL)
/* CK_BBOOL: A_ChangePuk may be asked of this card. */
#define CKA_ACREDITA_PUK_CHANGEABLE (ACREDITA_VENDOR | 0x18UL)

/* Storing. CK_BBOOL; CK_ULONG (CKU_SO or CKU_USER); CK_ULONG[] of pairs (CKK_..., bits); CK_ULONG bytes;
 * CK_ULONG bytes; CK_BBOOL: a key can be deleted without another one taking its place. */
#define CKA_ACREDITA_CAN_IMPORT (ACREDITA_VENDOR | 0x20UL)
#define CKA_ACREDITA_STORE_ROLE (ACREDITA_VENDOR | 0x21UL)
#define CKA_ACREDITA_IMPORTABLE (ACREDITA_VENDOR | 0x22UL)
#define CKA_ACREDITA_MAX_CERTIFICATE (ACREDITA_VENDOR | 0x23UL)
#define CKA_ACREDITA_ROOM (ACREDITA_VENDOR | 0x24UL)
#define CKA_ACREDITA_GENERATABLE (ACREDITA_VENDOR | 0x25UL)

/* UTF-8 text without a final NUL. */
#define CKA_ACREDITA_READER (ACREDITA_VENDOR | 0x30UL)
#define CKA_ACREDITA_PROFILE (ACREDITA_VENDOR | 0x31UL)

/* Where the next stored certificate and key would go: one byte, the card's own name of the place (PIV: 9A
 * ...). The first free place; if none is free, the first place at all, which then has to be asked for with
 * CKA_ACREDITA_PLACE. */
#define CKA_ACREDITA_DESTINATION (ACREDITA_VENDOR | 0x40UL)
/* What that place holds now: the certificate (DER, zero bytes if none) and whether a key is there (CK_BBOOL).
 */
#define CKA_ACREDITA_HOLDS_CERTIFICATE (ACREDITA_VENDOR | 0x41UL)
#define CKA_ACREDITA_HOLDS_KEY (ACREDITA_VENDOR | 0x42UL)
/* All places a key may be stored in, a byte each, in the order they are filled. */
#define CKA_ACREDITA_PLACES (ACREDITA_VENDOR | 0x43UL)

/* On certificates and keys: the place, one byte. In a template of C_CreateObject and C_GenerateKeyPair it
 * forces the place, and what is there now is overwritten. */
#define CKA_ACREDITA_PLACE (ACREDITA_VENDOR | 0x50UL)
/* On private keys: what the card's own metadata say about the key, CK_ULONG each. Absent: the card does not
 * say. */
#define CKA_ACREDITA_ORIGIN (ACREDITA_VENDOR | 0x51UL)
#define CKA_ACREDITA_PIN_POLICY (ACREDITA_VENDOR | 0x52UL)

#define ACREDITA_ORIGIN_GENERATED 1UL
#define ACREDITA_ORIGIN_IMPORTED 2UL
#define ACREDITA_PIN_POLICY_NEVER 1UL
#define ACREDITA_PIN_POLICY_ONCE 2UL
#define ACREDITA_PIN_POLICY_ALWAYS 3UL

/* The function list that C_GetInterface returns for this name (version 1.1; functions are only added). */
#define ACREDITA_INTERFACE_NAME "Vendor Acredita"

#ifdef __cplusplus
extern "C" {
#endif

/* Verifies the user PIN on the card and leaves the login state of the sessions as it is, so that an SO
 * session can check the PIN before it writes anything. NULL, 0: typed on the reader. Spends the last try. */
typedef CK_RV (*CK_A_VerifyPin)(CK_SESSION_HANDLE session, CK_UTF8CHAR_PTR pin, CK_ULONG pin_length);

/* Sends one private-key operation over a fixed message without VERIFY, as things stand on the card, and gives
 * back the card's status word: the proof that the card itself refuses to sign before the PIN. `key` is the
 * private key or, because private keys are not visible before login, the certificate or public key that
 * belongs to it. */
typedef CK_RV (*CK_A_SignUnverified)(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE key,
                                     CK_ULONG_PTR status_word);

/* Sets a new user PIN with the PUK, whether the old PIN is blocked or only forgotten; C_SetPIN without login
 * takes the PUK only once the PIN is blocked. Nobody may be logged in. CKR_PIN_INCORRECT and CKR_PIN_LOCKED
 * speak of the PUK. All NULL, 0: typed on the reader. */
typedef CK_RV (*CK_A_UnblockPin)(CK_SESSION_HANDLE session, CK_UTF8CHAR_PTR puk, CK_ULONG puk_length,
                                 CK_UTF8CHAR_PTR pin, CK_ULONG pin_length);

/* Sets a new PUK with the old one; the PIN stays as it is. Since version 1.1. Nobody may be logged in.
 * CKR_PIN_INCORRECT and CKR_PIN_LOCKED speak of the PUK; CKR_FUNCTION_NOT_SUPPORTED: this card's PUK stays.
 */
typedef CK_RV (*CK_A_ChangePuk)(CK_SESSION_HANDLE session, CK_UTF8CHAR_PTR puk, CK_ULONG puk_length,
                                CK_UTF8CHAR_PTR new_puk, CK_ULONG new_puk_length);

typedef struct CK_ACREDITA_FUNCTION_LIST {
    CK_VERSION version;
    CK_A_VerifyPin A_VerifyPin;
    CK_A_SignUnverified A_SignUnverified;
    CK_A_UnblockPin A_UnblockPin;
    CK_A_ChangePuk A_ChangePuk;
} CK_ACREDITA_FUNCTION_LIST;

#ifdef __cplusplus
}
#endif

#endif
