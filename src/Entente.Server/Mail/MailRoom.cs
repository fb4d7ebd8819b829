using Entente.Storage.Mail;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Server.Mail;

/// <summary>Mails: the outbox, links in it, reminders and quiet hours.</summary>
public static class MailRoom
{
    public static void AddMail(this IServiceCollection rooms, MailOptions options) => rooms.AddSingleton(options).AddSingleton<MailStore>()
        .AddSingleton<MailCarrier>().AddSingleton<CharterLinks>().AddScoped<MailDesk>().AddScoped<CharterLinkDesk>().AddHostedService<MailWorker>();

    public static void MapMail(this IEndpointRouteBuilder routes)
    {
        routes.MapMailApi();
        routes.MapCharterLinks();
    }
}
