// Servers and proxies on loopback that note who comes to them and how. Its first line of output is
// a JSON object: ports by listener, certificates and keys as PEM and (NAME_data) as base64. Every line that it reads asks for
// what was noted since the last one: a JSON array on one line. It lives until its standard input is
// closed.
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log"
	"net"
	"os"
	"strconv"
	"sync"
)

// A note is a request, or (only its listener is set) a connection.
type note struct {
	Listener      string            `json:"listener"`
	Via           string            `json:"via,omitempty"`    // the proxy it came through
	Target        string            `json:"target,omitempty"` // what a proxy was asked for
	Protocol      string            `json:"protocol,omitempty"`
	SNI           string            `json:"sni,omitempty"`
	Certificate   string            `json:"certificate,omitempty"` // its common name
	Authorization string            `json:"authorization,omitempty"`
	Headers       map[string]string `json:"headers,omitempty"` // Impersonate-*
	Host          string            `json:"host,omitempty"`
	Prefix        string            `json:"prefix,omitempty"` // of the path
	Compressed    bool              `json:"compressed,omitempty"`
	Answer        int               `json:"answer,omitempty"`
}

type recorder struct {
	sync.Mutex
	notes   []note
	proxied map[string]string // a proxy's own address at a server → the proxy
	ports   map[string]string
}

func (r *recorder) add(n note) {
	r.Lock()
	defer r.Unlock()
	r.notes = append(r.notes, n)
}

func (r *recorder) take() []note {
	r.Lock()
	defer r.Unlock()
	taken := append([]note{}, r.notes...)
	r.notes = nil
	return taken
}

func (r *recorder) passes(proxy, address string) {
	r.Lock()
	defer r.Unlock()
	r.proxied[address] = proxy
}

func (r *recorder) via(address string) string {
	r.Lock()
	defer r.Unlock()
	return r.proxied[address]
}

// A listener whose connections are noted.
type counted struct {
	net.Listener
	name string
	by   *recorder
}

func (c counted) Accept() (net.Conn, error) {
	conn, err := c.Listener.Accept()
	if err == nil {
		c.by.add(note{Listener: c.name})
	}
	return conn, err
}

func (r *recorder) listen(name string) net.Listener {
	l := must(net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}))
	r.ports[name] = strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
	return counted{l, name, r}
}

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func main() {
	r := &recorder{proxied: map[string]string{}, ports: map[string]string{}}
	certificates := makeCertificates()
	r.serveAll(certificates)
	r.proxyAll(certificates)
	gone := must(net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}))
	r.ports["closed"] = strconv.Itoa(gone.Addr().(*net.TCPAddr).Port)
	gone.Close()
	values := map[string]string{}
	for name, text := range certificates.pem {
		values[name] = text
		values[name+"_data"] = base64.StdEncoding.EncodeToString([]byte(text))
	}
	for name, port := range r.ports {
		values[name] = port
	}
	fmt.Printf("%s\n", must(json.Marshal(values)))
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		fmt.Printf("%s\n", must(json.Marshal(r.take())))
	}
}
