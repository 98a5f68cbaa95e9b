// SPDX-License-Identifier: MIT
// The least a program can do for a token: one connection, one verified TLS handshake, one write, reads to the end.
// Usage: DEEPGRAM_API_KEY=... floor ADDRESS PORT CERTIFICATE_FOLDER; it tells faults by its status, not in words.
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char** argv) {
  char request[1024], reply[65536] = "", place[64];
  const char* key = getenv("DEEPGRAM_API_KEY");
  SSL_CTX* context = SSL_CTX_new(TLS_client_method());
  if (argc != 4 || key == NULL || context == NULL || SSL_CTX_load_verify_dir(context, argv[3]) != 1) return 2;
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);

  snprintf(place, sizeof place, "%s:%s", argv[1], argv[2]);
  BIO* wire = BIO_new_ssl_connect(context);
  SSL* tls = NULL;
  BIO_get_ssl(wire, &tls);
  BIO_set_conn_hostname(wire, place);
  if (X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(tls), argv[1]) != 1 || BIO_do_handshake(wire) != 1) return 7;

  const char* body = "{\"ttl_seconds\":3600}";
  const char* head =
      "POST /v1/auth/grant HTTP/1.1\r\nHost: %s\r\nAuthorization: Token %s\r\nConnection: close\r\n"
      "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s";
  int size = snprintf(request, sizeof request, head, place, key, strlen(body), body);
  if (BIO_write(wire, request, size) != size) return 7;
  for (int filled = 0, got; (got = BIO_read(wire, reply + filled, (int)sizeof reply - 1 - filled)) > 0; filled += got) {
  }

  char* token = strstr(reply, "\"access_token\":\"");
  char* end = token == NULL ? NULL : strchr(token += strlen("\"access_token\":\""), '"');
  return end == NULL ? 8 : printf("%.*s\n", (int)(end - token), token) < 0;
}
