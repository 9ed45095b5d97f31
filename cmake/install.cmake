# What `make install` puts where.
include(CMakePackageConfigHelpers)

install(TARGETS entente_command RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS entente_static entente_shared EXPORT entente
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/entente DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h" PATTERN "*.def")

# pkg-config
configure_file(cmake/entente.pc.in ${PROJECT_BINARY_DIR}/entente.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/entente.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# find_package(entente)
set(package ${CMAKE_INSTALL_LIBDIR}/cmake/entente)
install(EXPORT entente NAMESPACE entente:: DESTINATION ${package} FILE ententeTargets.cmake)
configure_package_config_file(cmake/ententeConfig.cmake.in ${PROJECT_BINARY_DIR}/ententeConfig.cmake INSTALL_DESTINATION ${package})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/ententeConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/ententeConfig.cmake ${PROJECT_BINARY_DIR}/ententeConfigVersion.cmake DESTINATION ${package})

# Manual pages: entente-methods.7 is written by the command itself, so it always lists what there is.
set(methods_page ${PROJECT_BINARY_DIR}/entente-methods.7)
add_custom_command(OUTPUT ${methods_page}
    COMMAND entente_command methods --man > ${methods_page}
    DEPENDS entente_command VERBATIM)
add_custom_target(manual ALL DEPENDS ${methods_page})
install(FILES man/entente.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES man/libentente.3 DESTINATION ${CMAKE_INSTALL_MANDIR}/man3)
install(FILES ${methods_page} DESTINATION ${CMAKE_INSTALL_MANDIR}/man7)
install(FILES completion/entente.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME entente)

# Models to start from, and the schemas that editors can use.
install(DIRECTORY schema DESTINATION ${CMAKE_INSTALL_DATADIR}/entente)
install(DIRECTORY examples DESTINATION ${CMAKE_INSTALL_DATADIR}/entente)
install(FILES LICENSE README.md CHANGES.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
