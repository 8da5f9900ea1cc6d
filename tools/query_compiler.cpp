// Turns src/<folder>/queries.sql into constants: `cases::sql::open_cases_of_account`, a storage::Query.
//
//   query_compiler --root src --out gen/cases cases/queries.sql
//
//   -- type: cases::Case in "cases/case.hpp"     whose fields() the placeholders below list; at the top for
//   the file,
//                                                after a name for one query. Several types may be named.
//   -- name: open_cases_of_account               begins a query
//   -- The company's list: newest first.         comments are kept as its documentation
//   -- engine: postgres                          what follows is for one engine; what stood before serves the
//   other.
//                                                The other engine's text may also follow under the same name
//                                                again.
//   SELECT {columns} FROM cases WHERE id = $1
//
// {columns} {columns:c} {parameters} {assignments} stand for the lists of storage/fields.hpp; {columns:p
// Person} takes another type than the first. Parameters are $1, $2, … in both engines. A closing semicolon is
// dropped.

#include "tools/files.hpp"
#include "tools/query_parser.hpp"

int main(int argc, char** argv) {
  return tools::run([&] {
    const tools::Arguments arguments(argc, argv, {"root", "out"});
    if (arguments.rest().size() != 1)
      throw std::runtime_error("usage: query_compiler --root DIR --out DIR queries.sql");
    const std::filesystem::path path = arguments.rest()[0];
    const std::filesystem::path out = arguments.option("out");
    const std::string folder = path.parent_path().generic_string();
    const std::string content = tools::read_file(arguments.option("root") / path);
    const tools::QueryFile file = tools::parse_queries("src/" + path.generic_string(), content);
    tools::write_if_changed(out / "queries.hpp", tools::write_queries_header(file, folder));
    tools::write_if_changed(out / "queries.cpp", tools::write_queries_source(file, folder));
  });
}
