using System.CommandLine;
using Entente.Cli.Example;

namespace Entente.Cli;

/// <summary>The side door: every noun of the <c>entente</c> program, in the order the help shows them.</summary>
public static class Door
{
    public static RootCommand Root() =>
        new("Entente takes a service level agreement from the first conversation to the monthly review.")
    {
        Output.JsonOption,
        ServeCommands.Create(),
        ExampleCommands.Create(),
        EngagementCommands.Create(),
        CharterCommands.Create(),
        InventoryCommands.Create(),
        CatalogueCommands.Create(),
        RequirementCommands.CreateRequirement(),
        RequirementCommands.CreateSpec(),
        VoiceCommands.Create(),
        PracticeCommands.Create(),
        GateCommands.Create(),
        DocumentCommands.Create(),
        NegotiationCommands.Create(),
        CostCommands.Create(),
        NegotiationRoomCommands.CreateRoom(),
        NegotiationRoomCommands.CreateMediator(),
        AgreementsCommands.Create(),
        Time.Create(),
        Tickets.Create(),
        OpenSloNoun.Create(),
        RulesNoun.Create(),
        BargainCommand.Create(),
        AgreementCommand.Create(),
        EvaluateCommand.Create(),
        MeasurementCommands.Create(),
        PromiseCommands.Create(),
        ReportCommands.Create(),
        BacktestCommand.Create(),
        MailCommands.Create(),
        LedgerCommands.Create(),
        Clock.Create(),
        Discover.Create(),
    };
}
