module asmgw.test/http

go 1.24
