package io.chittychat.client.config;

/** How to use the program, as it prints it. */
public final class Usage {

    /** How to use the program. */
    public static final String TEXT = """
            usage: chat-client [join NAME] [OPTIONS]                    talk
                   chat-client [join NAME] --exec 'COMMAND; COMMAND'    do that and end; repeatable, \\; is a semicolon
                   chat-client [join NAME] @FILE                        do the commands in a file, one a line, and end
                   chat-client tail [--after L] [--json] [--name NAME]  print events as they happen, after Lamport time L

              --server HOST:PORT   the chat service; default localhost:9090
              --name NAME          who joins if join does not say
              --json               print each event as an object of JSON, one a line
              --tls                encrypt; the service must show a certificate that this Java trusts
              --tls-ca FILE        encrypt; trust the certificates in FILE (PEM)
              --tls-cert FILE --tls-key FILE
                                   encrypt; show the service this certificate and prove it with its key (PEM)
              --tls-authority HOST the name that the service's certificate has, if it is not that of --server
              --token-file FILE    the token that lets one join; or it stands in the environment as CHITTY_CLIENT_TOKEN
              --log-dir DIR        where participant-NAME.log is written; default logs
              --config FILE        more settings (YAML); ~/.config/chitty-chat/client.yml is read by itself
              --chitty.client.KEY=VALUE
                                   any other setting; or in the environment, such as CHITTY_CLIENT_SERVER, CHITTY_CLIENT_NAME
              --help, --version    print this, or the version, and exit

            Commands, typed or one a line on standard input; help tells more:
              join NAME   say TEXT   who   history [N]   search WORDS   clock   leave   help   quit
            In the chat, a line that is no command is a message.

            Exit codes: 0 all done; 1 something was refused or could not be done; 2 wrong arguments;
            3 the service could not be reached or did not answer; 141 nobody reads the output any more.
            """;

    private Usage() {}
}
