# ent_embed(TARGET NAME FILE): the bytes of FILE become `const char ent_embed_NAME[]` (NUL-terminated) in TARGET.
function(ent_embed target name file)
    set(output ${PROJECT_BINARY_DIR}/generated/embed_${name}.c)
    add_custom_command(
        OUTPUT ${output}
        COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DINPUT=${file} -DOUTPUT=${output} -P ${PROJECT_SOURCE_DIR}/cmake/embed_file.cmake
        DEPENDS ${file} ${PROJECT_SOURCE_DIR}/cmake/embed_file.cmake
        VERBATIM)
    target_sources(${target} PRIVATE ${output})
endfunction()
