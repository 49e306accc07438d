package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"time"
)

type signer struct {
	cert *x509.Certificate
	key  crypto.Signer
}

// The certificates of this run: what the servers show, and PEM for those who come.
type certificates struct {
	server map[string]tls.Certificate
	ca     *signer
	pem    map[string]string
}

func ec() crypto.Signer { return must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader)) }

func rsaKey(bits int) crypto.Signer { return must(rsa.GenerateKey(rand.Reader, bits)) }

func ed() crypto.Signer { _, key, err := ed25519.GenerateKey(rand.Reader); return must(key, err) }

// leaf describes a certificate of one day, for both uses.
func leaf(name string, hosts ...string) *x509.Certificate {
	cert := &x509.Certificate{
		Subject: pkix.Name{CommonName: name}, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(23 * time.Hour),
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	for _, host := range hosts {
		if ip := net.ParseIP(host); ip != nil {
			cert.IPAddresses = append(cert.IPAddresses, ip)
		} else {
			cert.DNSNames = append(cert.DNSNames, host)
		}
	}
	return cert
}

func authority(name string) *x509.Certificate {
	cert := leaf(name)
	cert.IsCA, cert.KeyUsage, cert.ExtKeyUsage = true, x509.KeyUsageCertSign, nil
	return cert
}

// issue signs by an issuer; without one the certificate signs itself.
func issue(by *signer, cert *x509.Certificate, key crypto.Signer) *signer {
	cert.SerialNumber = big.NewInt(time.Now().UnixNano())
	if by == nil {
		by = &signer{cert, key}
	}
	der := must(x509.CreateCertificate(rand.Reader, cert, by.cert, key.Public(), by.key))
	return &signer{must(x509.ParseCertificate(der)), key}
}

func block(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func (s *signer) pem() string { return block("CERTIFICATE", s.cert.Raw) }

func pkcs8(key crypto.Signer) string {
	return block("PRIVATE KEY", must(x509.MarshalPKCS8PrivateKey(key)))
}

func shown(chain ...*signer) tls.Certificate {
	certificate := tls.Certificate{PrivateKey: chain[0].key}
	for _, s := range chain {
		certificate.Certificate = append(certificate.Certificate, s.cert.Raw)
	}
	return certificate
}

func makeCertificates() certificates {
	ca, other := issue(nil, authority("CA"), ec()), issue(nil, authority("other CA"), ec())
	middle := issue(ca, authority("intermediate"), ec())
	c := certificates{ca: ca, server: makeServers(ca, other, middle)}
	c.pem = map[string]string{"ca": ca.pem(), "other_ca": other.pem(), "intermediate": middle.pem()}
	for _, name := range []string{"self", "short", "good", "self_cn"} {
		c.pem[name+"_leaf"] = block("CERTIFICATE", c.server[name].Certificate[0])
	}
	addClients(c.pem, ca, other, middle)
	return c
}

func makeServers(ca, other, middle *signer) map[string]tls.Certificate {
	hosts := []string{"localhost", "127.0.0.1", "::1", "cluster.test", "*.wild.test"}
	good := leaf("server", hosts...)
	expired, future := leaf("server", hosts...), leaf("server", hosts...)
	expired.NotAfter, future.NotBefore = time.Now().Add(-time.Minute), time.Now().Add(time.Hour)
	noServer := leaf("server", hosts...)
	noServer.ExtKeyUsage = noServer.ExtKeyUsage[1:]
	ipAsName := leaf("server")
	ipAsName.DNSNames = []string{"127.0.0.1"}
	server := issue(ca, good, ec())
	return map[string]tls.Certificate{
		"good": shown(server), "mtls": shown(server), "http1": shown(server), "tls12": shown(server),
		"proxy_https": shown(server),
		"cn":          shown(issue(ca, leaf("localhost"), ec())), "wrong_name": shown(issue(ca, leaf("server", "api.example.test"), ec())),
		"ip_as_name": shown(issue(ca, ipAsName, ec())), "no_ip": shown(issue(ca, leaf("127.0.0.1", "localhost"), ec())),
		"expired": shown(issue(ca, expired, ec())), "future": shown(issue(ca, future, ec())),
		"no_server_use": shown(issue(ca, noServer, ec())), "other": shown(issue(other, leaf("server", hosts...), ec())),
		"chain": shown(issue(middle, leaf("server", hosts...), ec()), middle),
		"short": shown(issue(middle, leaf("server", hosts...), ec())),
		"self":  shown(issue(nil, leaf("server", hosts...), ec())), "self_cn": shown(issue(nil, leaf("localhost"), ec())),
		"rsa": shown(issue(ca, leaf("server", hosts...), rsaKey(2048))), "rsa1024": shown(issue(ca, leaf("server", hosts...), rsaKey(1024))),
		"ed25519": shown(issue(ca, leaf("server", hosts...), ed())),
	}
}

// addClients: alice in every form of key, bob, and some whom nobody should let in.
func addClients(to map[string]string, ca, other, middle *signer) {
	alice, aliceRSA, aliceEd := issue(ca, leaf("alice"), ec()), issue(ca, leaf("alice"), rsaKey(2048)), issue(ca, leaf("alice"), ed())
	sec1 := must(x509.MarshalECPrivateKey(alice.key.(*ecdsa.PrivateKey)))
	expired := leaf("alice")
	expired.NotAfter = time.Now().Add(-time.Minute)
	old, bob, eve := issue(ca, expired, ec()), issue(ca, leaf("bob"), ec()), issue(other, leaf("eve"), ec())
	carol := issue(middle, leaf("carol"), ec())
	locked := must(x509.EncryptPEMBlock(rand.Reader, "EC PRIVATE KEY", sec1, []byte("word"), x509.PEMCipherAES128))
	noise := make([]byte, 120)
	rand.Read(noise)
	parameters := block("EC PARAMETERS", []byte{6, 8, 42, 134, 72, 206, 61, 3, 1, 7})
	for name, text := range map[string]string{
		"alice": alice.pem(), "alice_key": pkcs8(alice.key), "alice_sec1": block("EC PRIVATE KEY", sec1),
		"alice_parameters": parameters + block("EC PRIVATE KEY", sec1), "alice_locked": string(pem.EncodeToMemory(locked)),
		"alice_locked8": block("ENCRYPTED PRIVATE KEY", noise), "alice_wrong_label": block("RSA PRIVATE KEY", sec1),
		"alice_rsa": aliceRSA.pem(), "alice_rsa_key": pkcs8(aliceRSA.key),
		"alice_pkcs1": block("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(aliceRSA.key.(*rsa.PrivateKey))),
		"alice_ed":    aliceEd.pem(), "alice_ed_key": pkcs8(aliceEd.key), "old": old.pem(), "old_key": pkcs8(old.key),
		"bob": bob.pem(), "bob_key": pkcs8(bob.key), "eve": eve.pem(), "eve_key": pkcs8(eve.key),
		"carol": carol.pem(), "carol_key": pkcs8(carol.key),
	} {
		to[name] = text
	}
}
