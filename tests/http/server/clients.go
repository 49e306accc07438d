// Client certificates with every kind of key that kubectl reads: NAME_cert and NAME_key.
package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"fmt"
	"io"
	"time"
)

// curve is the block that `openssl ecparam -genkey` writes before an EC key: P-256.
const curve = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"

// clientCA signs them.
var clientCA *signer

func writeClients(w io.Writer) {
	until := time.Now().Add(time.Hour)
	tell := func(name string, key crypto.Signer, pem string) {
		client, _ := issueFor(key, clientCA, name, nil, until)
		fmt.Fprintf(w, "%s_cert=%s\n%s_key=%s\n", name, line(certPEM(client)), name, line(pem))
	}
	rsaKey := must(rsa.GenerateKey(rand.Reader, 2048))
	ecKey := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	_, edKey, err := ed25519.GenerateKey(rand.Reader)
	pkcs8 := func(key any) string { return keyPEM("PRIVATE KEY", must(x509.MarshalPKCS8PrivateKey(key))) }
	sec1 := keyPEM("EC PRIVATE KEY", must(x509.MarshalECPrivateKey(ecKey)))
	tell("rsa_pkcs1", rsaKey, keyPEM("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(rsaKey)))
	tell("rsa_pkcs8", rsaKey, pkcs8(rsaKey))
	tell("ec_sec1", ecKey, sec1)
	tell("ec_sec1_with_curve", ecKey, curve+sec1)
	tell("ec_pkcs8", ecKey, pkcs8(ecKey))
	tell("ed25519", must(edKey, err), pkcs8(edKey))
}
