// A TLS server for tests/http that misbehaves on request. It makes its own certificates, prints one
// line NAME=VALUE per listener and PEM (its line ends as `|`), then `ready`; it lives until its
// standard input is closed.
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

type signer struct {
	cert *x509.Certificate
	key  crypto.Signer
}

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

// issue makes a key and a certificate; without an issuer it is a CA of its own.
func issue(issuer *signer, name string, hosts []string, until time.Time) (*signer, tls.Certificate) {
	return issueFor(must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader)), issuer, name, hosts, until)
}

func issueFor(key crypto.Signer, issuer *signer, name string, hosts []string, until time.Time) (*signer, tls.Certificate) {
	cert := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name},
		NotBefore: until.Add(-48 * time.Hour), NotAfter: until, BasicConstraintsValid: true,
	}
	for _, host := range hosts {
		if ip := net.ParseIP(host); ip != nil {
			cert.IPAddresses = append(cert.IPAddresses, ip)
		} else {
			cert.DNSNames = append(cert.DNSNames, host)
		}
	}
	by := &signer{cert, key}
	if issuer == nil {
		cert.IsCA, cert.KeyUsage = true, x509.KeyUsageCertSign
	} else {
		by = issuer
	}
	der := must(x509.CreateCertificate(rand.Reader, cert, by.cert, key.Public(), by.key))
	return &signer{must(x509.ParseCertificate(der)), key}, tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

func keyPEM(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func line(value string) string { return strings.ReplaceAll(value, "\n", "|") }

func say(name, value string) { fmt.Printf("%s=%s\n", name, line(value)) }

func certPEM(s *signer) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.cert.Raw}))
}

// counts of what the handlers saw, with a way to wait for them.
type counts struct {
	sync.Mutex
	changed *sync.Cond
	of      map[string]int
}

func newCounts() *counts {
	c := &counts{of: map[string]int{}}
	c.changed = sync.NewCond(c)
	return c
}

// elsewhere is what is seen at other ports than those of HTTP: "any NAME".
var elsewhere = newCounts()

func (c *counts) add(name string, n int) int {
	c.Lock()
	defer c.Unlock()
	c.of[name] += n
	c.of["most "+name] = max(c.of["most "+name], c.of[name])
	c.changed.Broadcast()
	return c.of[name]
}

func (c *counts) get(name string) int { return c.add(name, 0) }

func (c *counts) waitFor(name string, least int) {
	c.Lock()
	defer c.Unlock()
	for c.of[name] < least {
		c.changed.Wait()
	}
}

type connKey struct{}

func reset(r *http.Request) {
	conn := r.Context().Value(connKey{}).(net.Conn)
	if secure, ok := conn.(*tls.Conn); ok {
		conn = secure.NetConn()
	}
	conn.(*net.TCPConn).SetLinger(0)
	conn.Close()
}

func echo(w http.ResponseWriter, r *http.Request) {
	body := must(io.ReadAll(r.Body))
	client, sni := "", ""
	if r.TLS != nil {
		sni = r.TLS.ServerName
		if len(r.TLS.PeerCertificates) > 0 {
			client = r.TLS.PeerCertificates[0].Subject.CommonName
		}
	}
	w.Header().Set("X-Test-Case", "Mixed Value")
	fmt.Fprintf(w, "%s %s %s\nhost: %s\nsni: %s\nclient: %s\n", r.Method, r.RequestURI, r.Proto, r.Host, sni, client)
	for _, name := range []string{"User-Agent", "Accept", "Accept-Encoding", "Authorization", "Content-Type"} {
		fmt.Fprintf(w, "%s: %s\n", strings.ToLower(name), r.Header.Get(name))
	}
	for name, values := range r.Header {
		if strings.HasPrefix(name, "Impersonate") || strings.HasPrefix(name, "Proxy-") {
			fmt.Fprintf(w, "%s: %s\n", strings.ToLower(name), strings.Join(values, ","))
		}
	}
	fmt.Fprintf(w, "body: %s\n", body)
}

// zipped is so many MiB of zeros, and a text.
func zipped(mib int, text string) []byte {
	var bytes bytes.Buffer
	zip := gzip.NewWriter(&bytes)
	for range mib {
		zip.Write(make([]byte, 1<<20))
	}
	zip.Write([]byte(text))
	zip.Close()
	return bytes.Bytes()
}

func handler(seen *counts) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/echo", echo)
	mux.HandleFunc("/k8s/c-1/echo", echo)
	mux.HandleFunc("/count/{name}", func(w http.ResponseWriter, r *http.Request) {
		name := r.PathValue("name")
		least, _ := strconv.Atoi(r.FormValue("least"))
		seen := seen
		if strings.HasPrefix(name, "any ") {
			seen = elsewhere
		}
		seen.waitFor(name, least)
		fmt.Fprint(w, seen.get(name))
	})
	mux.HandleFunc("/together/{n}", func(w http.ResponseWriter, r *http.Request) {
		n, least := must(strconv.Atoi(r.PathValue("n"))), must(strconv.Atoi(r.FormValue("least")))
		seen.add("together", 1)
		defer seen.add("together", -1)
		seen.add("arrived", 1)
		seen.waitFor("arrived", least) // the first ones all wait for each other, then answer in reverse order
		if n < least {
			seen.waitFor("answered", least-1-n)
			defer seen.add("answered", 1)
		}
		fmt.Fprint(w, n)
	})
	mux.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		seen.add("slow", 1)
		<-r.Context().Done()
	})
	mux.HandleFunc("/drip", func(w http.ResponseWriter, r *http.Request) { // half an answer, then nothing
		fmt.Fprint(w, "half")
		w.(http.Flusher).Flush()
		seen.add("drip", 1)
		<-r.Context().Done()
	})
	mux.HandleFunc("/upstream", setUpstream)
	mux.HandleFunc("/set/{name}", setFault)
	mux.HandleFunc("/fault/{name}/{rest...}", serveFault)
	mux.HandleFunc("/clients", func(w http.ResponseWriter, r *http.Request) { writeClients(w) })
	mux.HandleFunc("/proxied", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, proxied.take()) })
	mux.HandleFunc("/says", func(w http.ResponseWriter, r *http.Request) { // what the caller wants to hear
		w.Header().Set("Set-Cookie", "session=of-cookie")
		fmt.Fprint(w, r.FormValue("body"))
	})
	mux.HandleFunc("/api/v1/namespaces/x/secrets/y", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `{"kind":"Secret","data":{"a":"c2VjcmV0"}}`)
	})
	mux.HandleFunc("/cut", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "1000")
		w.Write(make([]byte, 500))
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	})
	mux.HandleFunc("/reset", func(w http.ResponseWriter, r *http.Request) { seen.add("reset", 1); reset(r) })
	mux.HandleFunc("/huge", func(w http.ResponseWriter, r *http.Request) {
		n := must(strconv.Atoi(r.FormValue("mib")))
		for range n {
			if _, err := w.Write(make([]byte, 1<<20)); err != nil {
				return
			}
		}
		fmt.Fprint(w, "!")
	})
	mux.HandleFunc("/bigheaders", func(w http.ResponseWriter, r *http.Request) {
		for i := range 70 {
			w.Header().Set(fmt.Sprint("X-", i), strings.Repeat("x", 1000))
		}
	})
	mux.HandleFunc("/429", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "1")
		http.Error(w, "too many requests", http.StatusTooManyRequests)
	})
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/echo", http.StatusFound) })
	mux.HandleFunc("/gzip", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(zipped(must(strconv.Atoi(r.FormValue("mib"))), "unpacked"))
	})
	mux.HandleFunc("/goaway", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close") // in HTTP/2 Go says GOAWAY, as kube-apiserver --goaway-chance does
		n, _ := strconv.Atoi(r.FormValue("bytes"))
		fmt.Fprint(w, strings.Repeat("x", n))
	})
	mux.HandleFunc("/next", func(w http.ResponseWriter, r *http.Request) { seen.add("next", 1) })
	mux.HandleFunc("/watch", func(w http.ResponseWriter, r *http.Request) { // each line only after /next asks for it
		seen.add("watch", 1)
		for i := 1; i <= 3; i++ {
			seen.waitFor("next", i)
			fmt.Fprintf(w, "line %d\n", i)
			w.(http.Flusher).Flush()
		}
		if r.FormValue("then") == "end" {
			fmt.Fprint(w, "the rest")
			return
		}
		if r.FormValue("then") == "cut" {
			fmt.Fprint(w, "half a l")
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		}
		<-r.Context().Done()
		seen.add("unwatched", 1)
	})
	return mux
}

func listen() (*net.TCPListener, string) {
	l := must(net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}))
	return l, strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}

func serve(name string, seen *counts, config *tls.Config) {
	l, port := listen()
	server := &http.Server{
		Handler: handler(seen), TLSConfig: config, ErrorLog: log.New(io.Discard, "", 0),
		ConnContext: func(ctx context.Context, c net.Conn) context.Context { return context.WithValue(ctx, connKey{}, c) },
		ConnState: func(c net.Conn, s http.ConnState) {
			if s == http.StateNew {
				seen.add("connections", 1)
			}
		},
	}
	if config == nil {
		go server.Serve(l)
	} else {
		go server.ServeTLS(l, "", "")
	}
	say(name, port)
}

func main() {
	tomorrow := time.Now().Add(24 * time.Hour)
	ca, _ := issue(nil, "test CA", nil, tomorrow)
	otherCA, _ := issue(nil, "other CA", nil, tomorrow)
	_, cert := issue(ca, "server", []string{"127.0.0.1", "localhost"}, tomorrow)
	_, otherName := issue(ca, "server", []string{"api.example.test"}, tomorrow)
	_, expired := issue(ca, "server", []string{"127.0.0.1"}, time.Now().Add(-time.Hour))
	_, subjectOnly := issue(ca, "localhost", nil, tomorrow)
	_, wild := issue(ca, "server", []string{"*.example.test"}, tomorrow)
	client, _ := issue(ca, "alice", nil, tomorrow)
	roots := x509.NewCertPool()
	roots.AddCert(ca.cert)
	secure := func(c tls.Certificate, protocols ...string) *tls.Config {
		return &tls.Config{Certificates: []tls.Certificate{c}, NextProtos: protocols, ClientCAs: roots, ClientAuth: tls.VerifyClientCertIfGiven}
	}
	for name, config := range map[string]*tls.Config{
		"http2": secure(cert, "h2", "http/1.1"), "http1": secure(cert, "http/1.1"),
		"other_name": secure(otherName, "h2"), "expired": secure(expired, "h2"), "plain": nil,
		"subject_only": secure(subjectOnly, "h2"), "wild": secure(wild, "h2"),
		"http2_only_clients": {Certificates: []tls.Certificate{cert}, NextProtos: []string{"h2"}, ClientCAs: roots, ClientAuth: tls.RequireAndVerifyClientCert, MaxVersion: tls.VersionTLS12},
	} {
		serve(name, newCounts(), config)
	}
	silent, port := listen() // nobody ever answers
	go func() {
		for {
			must(silent.Accept())
			elsewhere.add("any silent", 1)
		}
	}()
	say("silent", port)
	gone, refused := listen()
	gone.Close()
	say("refused", refused)
	say("ca", certPEM(ca))
	say("other_ca", certPEM(otherCA))
	say("full", full())
	serveProxies(secure(cert, "http/1.1"), secure(otherName, "http/1.1"))
	clientCA = ca
	say("client_cert", certPEM(client))
	say("client_key", keyPEM("PRIVATE KEY", must(x509.MarshalPKCS8PrivateKey(client.key))))
	fmt.Println("ready")
	for in := bufio.NewReader(os.Stdin); ; {
		if _, err := in.ReadByte(); err != nil {
			return
		}
	}
}
