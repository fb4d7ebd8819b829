using System.CommandLine;
using Entente.Cli;

return await Door.Root().Parse(args).InvokeAsync();
