using Entente.Storage.Tests.Ledger;
using Xunit.Runner.InProc.SystemConsole;

return args is ["write-until-killed", var dialect, var place, var worker]
    ? await KilledWriter.Write(dialect, place, int.Parse(worker))
    : args.Any(arg => arg is "--server" or "--internal-msbuild-node")
        ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, (_, _) => { })
        : await ConsoleRunner.Run(args);
