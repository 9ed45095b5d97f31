#include "cli.h"

#include <string.h>

static const ent_cli_command commands[] = {
#define COMMAND(name, function, usage, help) {name, usage, help, function},
#include "commands.def"
#undef COMMAND
};
enum { COMMANDS = sizeof commands / sizeof *commands };

const ent_cli_command *ent_cli_command_find(const char *name)
{
    for (size_t k = 0; k < COMMANDS; k++)
        if (strcmp(commands[k].name, name) == 0) return &commands[k];
    return NULL;
}

void ent_cli_usage(FILE *stream, const ent_cli_command *command)
{
    fprintf(stream, "usage: entente %s %s\n       %s\n", command->name, command->usage,
            command->help);
}

static void help(FILE *stream)
{
    fputs(
        "Entente computes agreements that hold when nobody enforces them.\n\nusage: entente COMMAND [ARGUMENTS]\n\n",
        stream);
    for (size_t k = 0; k < COMMANDS; k++)
        fprintf(stream, "  %-10s %s\n", commands[k].name, commands[k].help);
    fputs(
        "\nA file name \"-\" is standard input. `entente COMMAND --help` shows a command's arguments; every command takes\n"
        "--quiet. Exit codes: 0 done and checked, 1 wrong use or failure, 2 the mathematics said no.\n",
        stream);
}

static int run(int argc, char **argv)
{
    if (argc < 2) {
        help(stderr);
        return ENT_EXIT_FAILURE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        help(stdout);
        return ENT_EXIT_DONE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("entente %s\n", ent_version());
        return ENT_EXIT_DONE;
    }
    const ent_cli_command *command = ent_cli_command_find(argv[1]);
    if (!command)
        return ent_cli_complain("no command is called \"%s\"; see `entente --help`", argv[1]);
    return command->run(argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
    const int code = run(argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout))
        return ent_cli_complain("standard output could not be written");
    return code;
}
