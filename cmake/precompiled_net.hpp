// What `net` alone parses once more: Asio with coroutines, Beast's HTTP parser.
#pragma once

#include <boost/asio.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/http.hpp>
