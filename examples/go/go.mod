module example.com/phonenumbers

go 1.19
