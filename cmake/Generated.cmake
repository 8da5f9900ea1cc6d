# Rules for generated code. Every rule rewrites a file only when its content changes, and Ninja looks again after each
# rule, so that an edit of one template compiles one file.

set(OTKLIK_GEN "${CMAKE_BINARY_DIR}/gen")
set(OTKLIK_FRONTEND "${CMAKE_BINARY_DIR}/frontend")
set(OTKLIK_GENERATED_HEADERS "")

# Marks generated sources: no lint of ours, fewer warnings.
function(otklik_generated)
  set_source_files_properties(${ARGN} PROPERTIES GENERATED TRUE COMPILE_OPTIONS "${OTKLIK_GENERATED_FLAGS}")
endfunction()

# --- Scripts, styles, fonts and icons -> build/<preset>/frontend -> gen/web/asset_data.{S,cpp}
set(frontend_source "${CMAKE_SOURCE_DIR}/frontend")
set(OTKLIK_ASSET_MANIFEST "${OTKLIK_FRONTEND}/manifest.txt")
set(OTKLIK_ICON_LIST "${frontend_source}/icons.txt")
if(NOT EXISTS "${OTKLIK_ICON_LIST}")
  set(OTKLIK_ICON_LIST "")
endif()
find_program(OTKLIK_NODE node)
find_program(OTKLIK_NPM npm)
if(EXISTS "${frontend_source}/build.mjs" AND OTKLIK_NODE AND OTKLIK_NPM)
  file(GLOB_RECURSE frontend_files CONFIGURE_DEPENDS "${frontend_source}/src/*" "${frontend_source}/styles/*"
       "${frontend_source}/brand/*" "${frontend_source}/static/*")
  file(GLOB frontend_settings CONFIGURE_DEPENDS "${frontend_source}/*.mjs" "${frontend_source}/*.json"
       "${frontend_source}/*.txt")
  list(APPEND frontend_files ${frontend_settings})
  set(frontend_installed "${CMAKE_BINARY_DIR}/frontend.installed")
  add_custom_command(
    OUTPUT "${frontend_installed}"
    COMMAND "${CMAKE_COMMAND}" -DFRONTEND=${frontend_source} -DNPM=${OTKLIK_NPM} -DSTAMP=${frontend_installed}
            -P "${CMAKE_SOURCE_DIR}/cmake/InstallFrontend.cmake"
    DEPENDS "${frontend_source}/package-lock.json" "${CMAKE_SOURCE_DIR}/cmake/InstallFrontend.cmake"
    COMMENT "Installing the front end's packages"
    VERBATIM)
  add_custom_command(
    OUTPUT "${OTKLIK_ASSET_MANIFEST}"
    COMMAND "${CMAKE_COMMAND}" -DFRONTEND=${frontend_source} -DNODE=${OTKLIK_NODE} -DOUT=${OTKLIK_FRONTEND}
            -DSTRICT=$<CONFIG:Release> -P "${CMAKE_SOURCE_DIR}/cmake/BuildFrontend.cmake"
    DEPENDS ${frontend_files} "${frontend_installed}" "${CMAKE_SOURCE_DIR}/cmake/BuildFrontend.cmake"
    WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}"
    COMMENT "Bundling the front end"
    VERBATIM)
else()
  message(WARNING "No frontend/build.mjs (or no node): the program is built without scripts and styles")
  file(MAKE_DIRECTORY "${OTKLIK_FRONTEND}")
  if(NOT EXISTS "${OTKLIK_ASSET_MANIFEST}")
    file(TOUCH "${OTKLIK_ASSET_MANIFEST}")
  endif()
endif()
set(asset_outputs "${OTKLIK_GEN}/web/asset_data.S" "${OTKLIK_GEN}/web/asset_data.cpp" "${OTKLIK_GEN}/web/assets.names")
set(OTKLIK_ASSET_NAMES "${OTKLIK_GEN}/web/assets.names")
set(OTKLIK_ASSET_SOURCES "${OTKLIK_GEN}/web/asset_data.S" "${OTKLIK_GEN}/web/asset_data.cpp")
add_custom_command(
  OUTPUT ${asset_outputs}
  COMMAND asset_compiler --manifest "${OTKLIK_ASSET_MANIFEST}" --out "${OTKLIK_GEN}/web"
  DEPENDS asset_compiler "${OTKLIK_ASSET_MANIFEST}"
  COMMENT "Embedding assets"
  VERBATIM)
otklik_generated("${OTKLIK_GEN}/web/asset_data.cpp")
set_source_files_properties("${OTKLIK_GEN}/web/asset_data.S" PROPERTIES GENERATED TRUE)

# --- Messages -> gen/base/message_keys.hpp, message_data.cpp, messages.index
set(OTKLIK_MESSAGE_INDEX "${OTKLIK_GEN}/base/messages.index")
set(OTKLIK_MESSAGE_SOURCES "${OTKLIK_GEN}/base/message_data.cpp")
add_custom_command(
  OUTPUT "${OTKLIK_GEN}/base/message_keys.hpp" "${OTKLIK_GEN}/base/message_data.cpp" "${OTKLIK_MESSAGE_INDEX}"
  COMMAND message_compiler --out "${OTKLIK_GEN}/base" locale/ru.po locale/en.po
  DEPENDS message_compiler "${CMAKE_SOURCE_DIR}/locale/ru.po" "${CMAKE_SOURCE_DIR}/locale/en.po"
  WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}"
  COMMENT "Compiling messages"
  VERBATIM)
otklik_generated(${OTKLIK_MESSAGE_SOURCES})
list(APPEND OTKLIK_GENERATED_HEADERS "${OTKLIK_GEN}/base/message_keys.hpp")

# --- Views of one folder -> gen/<folder>/views.gen.hpp and a gen/<folder>/views/<name>.gen.cpp for each template.
# Gives the sources in the variable named by `result`.
function(otklik_views folder result)
  set(sources "")
  set(header "${OTKLIK_GEN}/${folder}/views.gen.hpp")
  set(paths ${ARGN})
  list(TRANSFORM paths PREPEND "${CMAKE_SOURCE_DIR}/src/" OUTPUT_VARIABLE full_paths)
  add_custom_command(
    OUTPUT "${header}"
    COMMAND template_compiler --root "${CMAKE_SOURCE_DIR}/src" --header "${header}" ${paths}
    DEPENDS template_compiler ${full_paths}
    COMMENT "Declaring views of ${folder}"
    VERBATIM)
  foreach(path ${paths})
    get_filename_component(name ${path} NAME_WE)
    set(source "${OTKLIK_GEN}/${folder}/views/${name}.gen.cpp")
    add_custom_command(
      OUTPUT "${source}"
      COMMAND template_compiler --root "${CMAKE_SOURCE_DIR}/src" --messages "${OTKLIK_MESSAGE_INDEX}"
              --assets "${OTKLIK_ASSET_NAMES}" --icons "${OTKLIK_ICON_LIST}" --depfile "${source}.d"
              --source "${source}" ${path}
      DEPENDS template_compiler "${CMAKE_SOURCE_DIR}/src/${path}" "${OTKLIK_MESSAGE_INDEX}" "${OTKLIK_ASSET_NAMES}"
              ${OTKLIK_ICON_LIST}
      DEPFILE "${source}.d"
      COMMENT "Compiling template ${path}"
      VERBATIM)
    list(APPEND sources "${source}")
  endforeach()
  otklik_generated(${sources})
  list(APPEND OTKLIK_GENERATED_HEADERS "${header}")
  set(OTKLIK_GENERATED_HEADERS "${OTKLIK_GENERATED_HEADERS}" PARENT_SCOPE)
  set(${result} "${sources}" PARENT_SCOPE)
endfunction()

# --- Queries of one folder -> gen/<folder>/queries.{hpp,cpp}
function(otklik_queries path result)
  get_filename_component(folder ${path} DIRECTORY)
  set(header "${OTKLIK_GEN}/${folder}/queries.hpp")
  set(source "${OTKLIK_GEN}/${folder}/queries.cpp")
  add_custom_command(
    OUTPUT "${header}" "${source}"
    COMMAND query_compiler --root "${CMAKE_SOURCE_DIR}/src" --out "${OTKLIK_GEN}/${folder}" ${path}
    DEPENDS query_compiler "${CMAKE_SOURCE_DIR}/src/${path}"
    COMMENT "Compiling queries ${path}"
    VERBATIM)
  otklik_generated("${source}")
  list(APPEND OTKLIK_GENERATED_HEADERS "${header}")
  set(OTKLIK_GENERATED_HEADERS "${OTKLIK_GENERATED_HEADERS}" PARENT_SCOPE)
  set(${result} "${source}" PARENT_SCOPE)
endfunction()
