/* stamp.c - one request for a time stamp, and what makes its answer good. */
#include "audit/stamp.h"

#include "audit/file.h"
#include "base/sha256.h"

#include <openssl/err.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

enum { NONCE_BYTES = 8, HIGHEST_GRANTED = TS_STATUS_GRANTED_WITH_MODS };

struct stamp {
    TS_REQ *request;
};

static bool set_imprint(TS_REQ *request, const char *text, size_t length)
{
    unsigned char digest[SHA256_BYTES];
    const struct sha256_part part = {text, length};
    sha256_parts(&part, 1, digest);
    TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
    X509_ALGOR *algorithm = X509_ALGOR_new();
    bool good = imprint != NULL && algorithm != NULL &&
                X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, NULL) == 1 &&
                TS_MSG_IMPRINT_set_algo(imprint, algorithm) == 1 &&
                TS_MSG_IMPRINT_set_msg(imprint, digest, sizeof digest) == 1 &&
                TS_REQ_set_msg_imprint(request, imprint) == 1;
    X509_ALGOR_free(algorithm);
    TS_MSG_IMPRINT_free(imprint);
    return good;
}

static bool set_nonce(TS_REQ *request)
{
    unsigned char bytes[NONCE_BYTES];
    if (RAND_bytes(bytes, sizeof bytes) != 1)
        return false;
    BIGNUM *number = BN_bin2bn(bytes, sizeof bytes, NULL);
    ASN1_INTEGER *nonce = number == NULL ? NULL : BN_to_ASN1_INTEGER(number, NULL);
    bool good = nonce != NULL && TS_REQ_set_nonce(request, nonce) == 1;
    ASN1_INTEGER_free(nonce);
    BN_free(number);
    return good;
}

int stamp_request(const char *text, size_t length, struct stamp **ret_stamp, struct buffer *der,
                  struct error *err)
{
    unsigned char *bytes = NULL;
    TS_REQ *request = TS_REQ_new();
    bool good = request != NULL && TS_REQ_set_version(request, 1) == 1 &&
                set_imprint(request, text, length) && set_nonce(request) &&
                TS_REQ_set_cert_req(request, 1) == 1;
    int size = good ? i2d_TS_REQ(request, &bytes) : -1;
    struct stamp *stamp = size <= 0 ? NULL : malloc(sizeof *stamp);
    if (stamp == NULL) {
        OPENSSL_free(bytes);
        TS_REQ_free(request);
        return error_set(err, EXIT_FAILED, "libcrypto could not make a time stamp request");
    }
    stamp->request = request;
    buffer_add_bytes(der, bytes, (size_t)size);
    OPENSSL_free(bytes);
    *ret_stamp = stamp;
    return 0;
}

void stamp_free(struct stamp *stamp)
{
    if (stamp == NULL)
        return;
    TS_REQ_free(stamp->request);
    free(stamp);
}

static int add_authorities(TS_VERIFY_CTX *context, const char *ca_file, struct error *err)
{
    X509_STORE *store = X509_STORE_new();
    if (store == NULL || X509_STORE_load_file(store, ca_file) != 1) {
        X509_STORE_free(store);
        return error_set(err, EXIT_USAGE, "\"%s\" holds no certificates that can be read",
                         file_shown(ca_file));
    }
    TS_VERIFY_CTX_set_store(context, store);
    TS_VERIFY_CTX_add_flags(context, TS_VFY_SIGNATURE);
    return 0;
}

/* Of what libcrypto noted, its own words alone: its data may quote the answer. */
static int refuse(struct error *err)
{
    const char *reason = ERR_reason_error_string(ERR_peek_last_error());
    error_set(err, EXIT_FAILED, "the answer is no time stamp of this request");
    return error_detail(err, "libcrypto says: %s.", reason == NULL ? "not good" : reason);
}

static int verify(const struct stamp *stamp, TS_RESP *response, const char *ca_file,
                  struct error *err)
{
    TS_VERIFY_CTX *context = TS_REQ_to_TS_VERIFY_CTX(stamp->request, NULL);
    if (context == NULL)
        return error_set(err, EXIT_FAILED, "libcrypto could not check a time stamp");
    int result = ca_file == NULL ? 0 : add_authorities(context, ca_file, err);
    if (result == 0 && TS_RESP_verify_response(context, response) != 1)
        result = refuse(err);
    if (result == 0 && ca_file == NULL &&
        PKCS7_verify(TS_RESP_get_token(response), NULL, NULL, NULL, NULL, PKCS7_NOVERIFY) != 1)
        result = refuse(err);
    TS_VERIFY_CTX_free(context);
    return result;
}

static int read_instant(TS_RESP *response, char ret_at[INSTANT_TEXT], struct error *err)
{
    struct tm at;
    TS_TST_INFO *info = TS_RESP_get_tst_info(response);
    if (info == NULL || ASN1_TIME_to_tm(TS_TST_INFO_get_time(info), &at) != 1 ||
        strftime(ret_at, INSTANT_TEXT, "%Y-%m-%dT%H:%M:%SZ", &at) == 0)
        return error_set(err, EXIT_FAILED, "the time stamp does not state a time");
    return 0;
}

int stamp_check(const struct stamp *stamp, const struct buffer *answer, const char *ca_file,
                char ret_at[INSTANT_TEXT], struct error *err)
{
    const unsigned char *at = (const unsigned char *)buffer_text(answer);
    const unsigned char *end = at + answer->length;
    ERR_clear_error();
    TS_RESP *response = d2i_TS_RESP(NULL, &at, (long)answer->length);
    int result = 0;
    if (response == NULL || at != end)
        result = error_set(err, EXIT_FAILED, "the answer is not one of RFC 3161");
    long status =
        result != 0
            ? 0
            : ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(response)));
    if (result == 0 && (status < 0 || status > HIGHEST_GRANTED))
        result = error_set(err, EXIT_FAILED, "the authority refused the request, with status %ld",
                           status);
    if (result == 0)
        result = verify(stamp, response, ca_file, err);
    if (result == 0)
        result = read_instant(response, ret_at, err);
    TS_RESP_free(response);
    ERR_clear_error();
    return result;
}
