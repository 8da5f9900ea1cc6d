# migrations/*.sql -> gen/storage/migration_data.cpp
file(GLOB migration_files CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/migrations/*.sql")
set(OTKLIK_MIGRATION_SOURCES "${OTKLIK_GEN}/storage/migration_data.cpp")
add_custom_command(
  OUTPUT ${OTKLIK_MIGRATION_SOURCES}
  COMMAND migration_compiler --out ${OTKLIK_MIGRATION_SOURCES} ${migration_files}
  DEPENDS migration_compiler ${migration_files}
  COMMENT "Embedding migrations"
  VERBATIM)
otklik_generated(${OTKLIK_MIGRATION_SOURCES})
