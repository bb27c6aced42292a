// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/ec_public.hpp"

#include <mbedtls/ecdsa.h>

namespace acredita::module {

namespace {

// A C struct that is initialised and freed by functions of its own.
template <class T, void (*Init)(T*), void (*Free)(T*)>
struct Owned {
    Owned() { Init(&value); }
    ~Owned() { Free(&value); }
    Owned(const Owned&) = delete;
    Owned& operator=(const Owned&) = delete;
    T value{};
};
using Number = Owned<mbedtls_mpi, &mbedtls_mpi_init, &mbedtls_mpi_free>;
using Point = Owned<mbedtls_ecp_point, &mbedtls_ecp_point_init, &mbedtls_ecp_point_free>;
using Group = Owned<mbedtls_ecp_group, &mbedtls_ecp_group_init, &mbedtls_ecp_group_free>;

mbedtls_ecp_group_id group_of(unsigned bits) {
    switch (bits) {
    case 256:
        return MBEDTLS_ECP_DP_SECP256R1;
    case 384:
        return MBEDTLS_ECP_DP_SECP384R1;
    case 521:
        return MBEDTLS_ECP_DP_SECP521R1;
    default:
        return MBEDTLS_ECP_DP_NONE;
    }
}

bool load(Group& group, Point& point, unsigned bits, ByteView bytes) {
    const auto id = group_of(bits);
    return id != MBEDTLS_ECP_DP_NONE && !bytes.empty() && bytes.front() == 0x04 &&
           mbedtls_ecp_group_load(&group.value, id) == 0 &&
           mbedtls_ecp_point_read_binary(&group.value, &point.value, bytes.data(), bytes.size()) == 0 &&
           mbedtls_ecp_check_pubkey(&group.value, &point.value) == 0;
}

} // namespace

bool is_on_curve(unsigned bits, ByteView point) {
    Group group;
    Point read;
    return load(group, read, bits, point);
}

bool ecdsa_verifies(const card::PublicKey& key, ByteView hash, ByteView signature) {
    Group group;
    Point point;
    const auto width = (key.bits + 7) / 8;
    if (signature.size() != 2 * width || !load(group, point, key.bits, key.point)) return false;
    Number r;
    Number s;
    return mbedtls_mpi_read_binary(&r.value, signature.data(), width) == 0 &&
           mbedtls_mpi_read_binary(&s.value, signature.data() + width, width) == 0 &&
           mbedtls_ecdsa_verify(&group.value, hash.data(), hash.size(), &point.value, &r.value, &s.value) ==
               0;
}

} // namespace acredita::module
