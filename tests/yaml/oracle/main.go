// What does kubectl read in a text? Each line of standard input is {"text": BASE64}; each line of
// standard output is {"documents": [JSON...], "error": "...", "ignored": true}: the documents that
// kubectl 1.36 hands on, up to the first that it refuses; whether it passes over a part of the text
// without a word. The readers are its own, put together as its resource.FileVisitor and
// StreamVisitor (k8s.io/cli-runtime) do.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"

	goyaml "go.yaml.in/yaml/v2"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/yaml"
)

type question struct {
	Text []byte `json:"text"`
}

type answer struct {
	Documents []json.RawMessage `json:"documents"`
	Error     string            `json:"error,omitempty"`
	Ignored   bool              `json:"ignored,omitempty"`
}

func utf8(text []byte) io.Reader {
	decoder := unicode.BOMOverride(unicode.UTF8.NewDecoder())
	return transform.NewReader(bytes.NewReader(text), decoder)
}

// A document of which goyaml's Unmarshal reads the beginning only. A first JSON value may stand
// before the YAML.
func ignoresSomething(text []byte) bool {
	first := json.NewDecoder(bytes.NewReader(text))
	var value json.RawMessage
	if first.Decode(&value) == nil && ignoresSomeYAML(text[first.InputOffset():]) {
		return true
	}
	return ignoresSomeYAML(text)
}

func ignoresSomeYAML(text []byte) bool {
	documents := yaml.NewYAMLReader(bufio.NewReader(utf8(text)))
	for {
		document, err := documents.Read()
		if err != nil {
			return false
		}
		decoder := goyaml.NewDecoder(bytes.NewReader(document))
		var value any
		if decoder.Decode(&value) == nil && decoder.Decode(&value) != io.EOF {
			return true
		}
	}
}

// What was JSON already has not been looked into yet.
func decodeAndEncode(raw []byte) ([]byte, error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var object any
	if err := decoder.Decode(&object); err != nil {
		return nil, err
	}
	return json.Marshal(object)
}

func read(text []byte) (result answer) {
	result.Documents = []json.RawMessage{}
	result.Ignored = ignoresSomething(text)
	decoder := yaml.NewYAMLOrJSONDecoder(utf8(text), 4096)
	for {
		document := runtime.RawExtension{}
		err := decoder.Decode(&document)
		if err == io.EOF {
			return result
		}
		if err != nil {
			result.Error = err.Error()
			return result
		}
		raw := bytes.TrimSpace(document.Raw)
		if len(raw) == 0 || bytes.Equal(raw, []byte("null")) {
			continue
		}
		object, err := decodeAndEncode(raw)
		if err != nil {
			result.Error = err.Error()
			return result
		}
		result.Documents = append(result.Documents, object)
	}
}

func main() {
	lines := bufio.NewReader(os.Stdin)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			var asked question
			if err := json.Unmarshal(line, &asked); err != nil {
				fmt.Fprintln(os.Stderr, "error:", err)
				os.Exit(1)
			}
			if err := encoder.Encode(read(asked.Text)); err != nil {
				fmt.Fprintln(os.Stderr, "error:", err)
				os.Exit(1)
			}
		}
		if err != nil {
			return
		}
	}
}
